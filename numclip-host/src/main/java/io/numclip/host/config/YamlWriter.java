package io.numclip.host.config;

import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.DumpSettingsBuilder;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes maps, lists and simple values as YAML that {@link YamlReader} reads back unchanged. */
public final class YamlWriter {

    private YamlWriter() {}

    /** A value on one line, as it may stand behind a key. */
    static String flow(Object value) {
        DumpSettings settings =
                settings(FlowStyle.FLOW).setWidth(Integer.MAX_VALUE).build();
        return new Dump(settings).dumpToString(value).strip();
    }

    public static String write(Map<String, Object> tree) {
        DumpSettings settings = settings(FlowStyle.BLOCK)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .build();
        return new Dump(settings).dumpToString(tree);
    }

    /** Of the schemas, this one puts quotes around all text that the reader takes for nothing, such as {@code ~}. */
    private static DumpSettingsBuilder settings(FlowStyle style) {
        return DumpSettings.builder()
                .setDefaultFlowStyle(style)
                .setDereferenceAliases(true)
                .setSchema(new CoreSchema());
    }
}
