package org.nixlab.shell.terminal;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PicturesTest {
    @Test
    void theEnvironmentNamesTerminalsThatShowPictures() {
        assertThat(Pictures.way(Map.of("TERM", "xterm-kitty"))).contains(Pictures.Way.KITTY);
        assertThat(Pictures.way(Map.of("TERM", "xterm", "TERM_PROGRAM", "iTerm.app")))
                .contains(Pictures.Way.ITERM);
        assertThat(Pictures.way(Map.of("TERM", "xterm-256color"))).isEmpty();
    }

    @Test
    void terminalsSayWhetherTheyKnowSixels() {
        assertThat(Pictures.knowsSixels("\033[?62;4;22c")).isTrue();
        assertThat(Pictures.knowsSixels("\033[?65;1;9;4c")).isTrue();
        assertThat(Pictures.knowsSixels("\033[?64;14;22c")).isFalse();
        assertThat(Pictures.knowsSixels("")).isFalse();
    }

    @Test
    void kittyGetsThePictureInPieces() throws IOException {
        var png = new byte[4000];
        var text = Pictures.text(png, Pictures.Way.KITTY);
        var data = Base64.getEncoder().encodeToString(png);

        assertThat(text)
                .isEqualTo("\033_Gf=100,a=T,m=1;" + data.substring(0, 4096) + "\033\\\033_Gm=0;" + data.substring(4096)
                        + "\033\\\r\n");
    }

    @Test
    void sixelsHoldSixRowsAndRepeats() throws IOException {
        var image = new BufferedImage(5, 7, BufferedImage.TYPE_INT_RGB);
        image.setRGB(4, 6, 0xff0000);
        var png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);

        var text = Pictures.text(png.toByteArray(), Pictures.Way.SIXEL);

        assertThat(text)
                .startsWith("\033Pq\"1;1;5;7#0;2;0;0;0#1;2;0;0;20")
                .contains("#180;2;100;0;0")
                .endsWith("#0!5~$-#0!4@?$#180!4?@$-\033\\\r\n");
    }
}
