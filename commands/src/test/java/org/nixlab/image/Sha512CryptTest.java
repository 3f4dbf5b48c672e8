package org.nixlab.image;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class Sha512CryptTest {
    @Test
    void theHashIsThatOfEveryOtherImplementation() {
        // From: openssl passwd -6 -salt saltstring "Hello world!"
        assertThat(Sha512Crypt.hash("Hello world!", "saltstring"))
                .isEqualTo("$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJ"
                        + "uesI68u4OTLiBFdcbYEdFCoEOfaS35inz1");
    }
}
