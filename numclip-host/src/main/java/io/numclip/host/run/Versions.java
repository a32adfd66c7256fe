package io.numclip.host.run;

import ai.djl.engine.Engine;
import java.util.LinkedHashMap;
import java.util.Map;

/** The versions that produced a result, so that it can be reproduced. */
public final class Versions {

    public static final String NUMCLIP = "1.0.0-SNAPSHOT";

    private Versions() {}

    static Map<String, String> all() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("numclip", NUMCLIP);
        versions.put("java", System.getProperty("java.version", ""));
        versions.put(
                "engine",
                Engine.getInstance().getEngineName() + " "
                        + Engine.getInstance().getVersion());
        versions.put("system", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
        return versions;
    }
}
