package org.nixlab.guest;

import org.apache.commons.codec.digest.XXHash32;

/** The checksum of one file in the making. */
interface FileChecksum {
    void update(byte[] data, int count);

    /** Returns what the program of the guest prints before the file's name. */
    String line();

    static FileChecksum xxh32() {
        var hash = new XXHash32();
        return new FileChecksum() {
            @Override
            public void update(byte[] data, int count) {
                hash.update(data, 0, count);
            }

            @Override
            public String line() {
                return String.format("%08x", hash.getValue());
            }
        };
    }
}
