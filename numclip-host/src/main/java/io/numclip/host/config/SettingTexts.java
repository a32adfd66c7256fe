package io.numclip.host.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/**
 * What settings mean, from the documentation of their records. The resource is made from the sources by the test of this
 * class; settings of plugins are not in it.
 */
record SettingTexts(Properties texts) {

    static final String RESOURCE = "numclip/settings.properties";

    static SettingTexts load() {
        Properties texts = new Properties();
        try (InputStream stream = SettingTexts.class.getResourceAsStream("/" + RESOURCE)) {
            if (stream != null) {
                texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            }
            return new SettingTexts(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<String> of(RecordComponent part) {
        return Optional.ofNullable(texts.getProperty(part.getDeclaringRecord().getName() + "." + part.getName()));
    }
}
