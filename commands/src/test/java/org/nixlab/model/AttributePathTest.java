package org.nixlab.model;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class AttributePathTest {
    @Test
    void namesArePartedByDotsUnlessQuoted() {
        assertThat(AttributePath.parse("services.nginx.virtualHosts.\"web.example\".root"))
                .containsExactly("services", "nginx", "virtualHosts", "web.example", "root");
        assertThat(AttributePath.parse("")).isEmpty();
    }

    @Test
    void namesThatNeedItAreQuoted() {
        assertThat(AttributePath.quoted("memorySize")).isEqualTo("memorySize");
        assertThat(AttributePath.quoted("web.example")).isEqualTo("\"web.example\"");
        assertThat(AttributePath.quoted("1")).isEqualTo("\"1\"");
    }
}
