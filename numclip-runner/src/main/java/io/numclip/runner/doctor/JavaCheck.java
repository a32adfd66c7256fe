package io.numclip.runner.doctor;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.List;

/** Java itself, and the fonts that charts are drawn with. */
final class JavaCheck implements Check {

    private static final String FONTS = "fonts";

    @Override
    public List<Finding> findings() {
        String java = "Java " + System.getProperty("java.runtime.version") + " of " + System.getProperty("java.vendor")
                + ", in " + System.getProperty("java.home") + "; " + System.getProperty("os.name") + " on "
                + System.getProperty("os.arch");
        return List.of(Finding.ok("java", java), fonts());
    }

    /** Java without fonts answers with errors of several kinds. */
    private static Finding fonts() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("MAE", new FontRenderContext(null, true, true));
            return Finding.ok(FONTS, "Charts can be drawn.");
        } catch (RuntimeException | Error missing) {
            return Finding.problem(
                    FONTS,
                    "Java finds no fonts, so reports with charts cannot be drawn (" + missing + ").",
                    "Install fontconfig and a font; on Debian and Ubuntu: apt install fontconfig fonts-dejavu-core");
        }
    }
}
