package org.nixlab.machine.screen;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import javax.imageio.ImageIO;

import org.nixlab.base.LabException;

/** A picture of a screen, made ready for reading: what reads letters is used to larger ones, and to paper. */
record Picture(byte[] png) {
    /**
     * A way to show the same picture.
     *
     * @param scale how much larger it is
     * @param smooth whether pixels run into each other, as print does, or stay squares
     * @param inverted whether light and dark change places
     * @param layout how tesseract looks for lines: its page segmentation mode
     */
    record Variant(int scale, boolean smooth, boolean inverted, int layout) {}

    /** What one of them misreads another one often reads, so that three are better than one. */
    static final List<Variant> VARIANTS =
            List.of(new Variant(2, true, false, 11), new Variant(1, true, false, 6), new Variant(3, false, true, 11));

    /** Returns a variant of it. */
    byte[] in(Variant variant) {
        try {
            var read = ImageIO.read(new ByteArrayInputStream(png));
            if (read == null) {
                throw LabException.host("the screen's picture is none", "", "");
            }
            var out = new ByteArrayOutputStream();
            ImageIO.write(drawn(read, variant), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage drawn(BufferedImage source, Variant variant) {
        int width = source.getWidth() * variant.scale();
        int height = source.getHeight() * variant.scale();
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        var graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                variant.smooth()
                        ? RenderingHints.VALUE_INTERPOLATION_BICUBIC
                        : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(source, 0, 0, width, height, null);
        graphics.dispose();
        return variant.inverted() ? new RescaleOp(-1, 255, null).filter(image, null) : image;
    }
}
