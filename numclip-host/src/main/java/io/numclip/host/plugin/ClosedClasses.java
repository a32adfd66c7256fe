package io.numclip.host.plugin;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks for classes that a plugin's own code names and would not get, because they belong to libraries of the host. Without a
 * look, it would fail in the middle of a training. Libraries of a plugin may name what they do without.
 */
final class ClosedClasses {

    private static final ClassLoader HOST = ClosedClasses.class.getClassLoader();
    private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

    private ClosedClasses() {}

    /** @throws PluginRefusedException if there is one */
    static void refuseIn(PluginContent plugin) {
        for (Map.Entry<String, byte[]> entry : plugin.own().entrySet()) {
            String file = entry.getKey();
            if (file.endsWith(".class")) {
                String by = file.substring(0, file.length() - ".class".length()).replace('/', '.');
                namedIn(entry.getValue()).forEach(name -> refuse(name, by, plugin));
            }
        }
    }

    private static void refuse(String name, String by, PluginContent plugin) {
        String file = name + ".class";
        boolean isClosed = !SharedPackages.isPublished(name.replace('/', '.'))
                && plugin.entry(file) == null
                && JDK.getResource(file) == null
                && HOST.getResource(file) != null;
        if (isClosed) {
            throw new PluginRefusedException(
                    "class " + by + " uses class " + name.replace('/', '.') + ", which is closed to plugins",
                    ClosedClassException.CLOSED_FIX);
        }
    }

    /** As the format of class files has it (JVMS, section 4.4); none of what is no class file, which Java refuses itself. */
    private static List<String> namedIn(byte[] code) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(code))) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            String[] texts = new String[count];
            List<Integer> classes = new ArrayList<>();
            for (int i = 1; i < count; i++) {
                switch (in.readUnsignedByte()) {
                    case 1 -> texts[i] = in.readUTF();
                    case 7 -> classes.add(in.readUnsignedShort());
                    case 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // it takes two places
                    }
                    default -> in.skipNBytes(4);
                }
            }
            return classes.stream()
                    .map(place -> texts[place])
                    .filter(name -> !name.startsWith("["))
                    .toList();
        } catch (IOException | RuntimeException damaged) {
            return List.of();
        }
    }
}
