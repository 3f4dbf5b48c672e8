package org.nixlab.shell.terminal;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

import javax.imageio.ImageIO;

/**
 * Pictures as terminals want them: by <a href="https://sw.kovidgoyal.net/kitty/graphics-protocol/">kitty's protocol</a>,
 * by <a href="https://iterm2.com/documentation-images.html">iTerm2's</a>, or in sixels (VT340).
 */
final class Pictures {
    /** Kitty takes a picture in pieces of at most this many characters. */
    private static final int PIECE = 4096;

    private Pictures() {}

    /** Returns the way to show pictures that a terminal's environment names. */
    static Optional<Way> way(Map<String, String> environment) {
        var terminal = environment.getOrDefault("TERM", "");
        var program = environment.getOrDefault("TERM_PROGRAM", "");
        if (environment.containsKey("KITTY_WINDOW_ID") || terminal.contains("kitty") || program.equals("ghostty")) {
            return Optional.of(Way.KITTY);
        }
        return program.equals("iTerm.app") || program.equals("WezTerm") ? Optional.of(Way.ITERM) : Optional.empty();
    }

    /** Returns whether a terminal's answer to {@code ESC [ c} (DA1) says that it knows sixels: attribute 4. */
    static boolean knowsSixels(String answer) {
        return answer.matches("(?s).*\033\\[\\?\\d+(;\\d+)*;4(;\\d+)*c.*");
    }

    static String text(byte[] png, Way way) throws IOException {
        return switch (way) {
            case KITTY -> kitty(Base64.getEncoder().encodeToString(png));
            case ITERM ->
                "\033]1337;File=inline=1;size=" + png.length + ":"
                        + Base64.getEncoder().encodeToString(png) + "\007\r\n";
            case SIXEL -> Sixels.of(read(png)) + "\r\n";
        };
    }

    private static String kitty(String data) {
        var text = new StringBuilder();
        for (int from = 0; from < data.length(); from += PIECE) {
            int end = Math.min(data.length(), from + PIECE);
            text.append("\033_G")
                    .append(from == 0 ? "f=100,a=T," : "")
                    .append(end < data.length() ? "m=1;" : "m=0;")
                    .append(data, from, end)
                    .append("\033\\");
        }
        return text.append("\r\n").toString();
    }

    private static BufferedImage read(byte[] png) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(png));
        if (image == null) {
            throw new IOException("this is no picture");
        }
        return image;
    }

    enum Way {
        KITTY,
        ITERM,
        SIXEL
    }
}
