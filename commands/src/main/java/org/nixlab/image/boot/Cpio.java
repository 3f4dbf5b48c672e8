package org.nixlab.image.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/** Writes an initial RAM disk: an archive in the "newc" format in which everything is root's and nothing has a date. */
final class Cpio {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CpioArchiveOutputStream out = new CpioArchiveOutputStream(bytes, CpioConstants.FORMAT_NEW);
    private int inode = 1;

    Cpio directory(String path) throws IOException {
        put(path, CpioConstants.C_ISDIR | 0755, new byte[0]);
        return this;
    }

    Cpio file(String path, int mode, byte[] content) throws IOException {
        put(path, CpioConstants.C_ISREG | mode, content);
        return this;
    }

    Cpio link(String path, String target) throws IOException {
        put(path, CpioConstants.C_ISLNK | 0777, target.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    byte[] finish() throws IOException {
        out.close();
        return bytes.toByteArray();
    }

    private void put(String path, long mode, byte[] content) throws IOException {
        var entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, path, content.length);
        entry.setMode(mode);
        entry.setInode(inode++);
        entry.setNumberOfLinks(1);
        entry.setTime(0);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }
}
