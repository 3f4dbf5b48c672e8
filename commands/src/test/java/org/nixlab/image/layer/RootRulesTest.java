package org.nixlab.image.layer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class RootRulesTest {
    private final RootRules rules = new RootRules();

    @Test
    void aDaemonIsNotEnabledByBeingInstalled() {
        assertThat(rules.keeps("etc/systemd/system/multi-user.target.wants/nginx.service", 'l'))
                .isFalse();
        assertThat(rules.keeps("etc/systemd/system/mysqld.service", 'l')).isFalse();
        assertThat(rules.keeps("etc/rc2.d/S01apache2", 'l')).isFalse();
        assertThat(rules.keeps("etc/rc0.d/K01apache2", 'l')).isFalse();

        assertThat(rules.enabled()).containsExactly("apache2.service", "mysqld.service", "nginx.service");
    }

    @Test
    void unitsThemselvesStay() {
        assertThat(rules.keeps("usr/lib/systemd/system/nginx.service", 'f')).isTrue();
        assertThat(rules.keeps("etc/systemd/system/own.service", 'f')).isTrue();
        assertThat(rules.keeps("etc/systemd/system/multi-user.target.wants/remote-fs.target", 'l'))
                .isTrue();
        assertThat(rules.enabled()).isEmpty();
    }

    @Test
    void whatMustDifferFromMachineToMachineIsLeftOut() {
        assertThat(rules.keeps("etc/machine-id", 'f')).isFalse();
        assertThat(rules.keeps("etc/ssh/ssh_host_ed25519_key", 'f')).isFalse();
        assertThat(rules.keeps("var/lib/systemd/random-seed", 'f')).isFalse();
    }

    @Test
    void directoriesThatProgramsExpectStay() {
        assertThat(rules.keeps("var/cache/apt/archives/partial", 'd')).isTrue();
        assertThat(rules.keeps("var/cache/apt/pkgcache.bin", 'f')).isFalse();
        assertThat(rules.keeps("run/lock", 'd')).isFalse();
    }

    @Test
    void discoveryOfDevicesIsPutOff() {
        assertThat(rules.keeps("usr/lib/systemd/system/sysinit.target.wants/systemd-udevd.service", 'l'))
                .isFalse();
        assertThat(rules.keeps("usr/lib/systemd/system/sysinit.target.wants/systemd-sysctl.service", 'l'))
                .isTrue();
    }
}
