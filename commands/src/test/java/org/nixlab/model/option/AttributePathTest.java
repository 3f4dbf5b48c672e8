package org.nixlab.model.option;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class AttributePathTest {
    @Test
    void namesArePartedByDotsUnlessQuoted() {
        assertThat(AttributePath.parse("services.nginx.virtualHosts.\"web.example\".root"))
                .containsExactly("services", "nginx", "virtualHosts", "web.example", "root");
        assertThat(AttributePath.parse("")).isEmpty();
        assertThat(AttributePath.parse("a.\"b\\\"\\${c}\"")).containsExactly("a", "b\"${c}");
    }

    @Test
    void namesThatNeedItAreQuoted() {
        assertThat(AttributePath.quoted("memorySize")).isEqualTo("memorySize");
        assertThat(AttributePath.quoted("web.example")).isEqualTo("\"web.example\"");
        assertThat(AttributePath.quoted("1")).isEqualTo("\"1\"");
        assertThat(AttributePath.quoted("a${b}")).isEqualTo("\"a\\${b}\"");
        assertThat(AttributePath.quoted("with")).isEqualTo("\"with\"");
    }
}
