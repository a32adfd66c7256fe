package io.numclip.host.plugin;

import io.numclip.data.Invocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.pf4j.PluginDescriptor;

/** The checks that a plugin file must pass: trust, then the archive, then the id in its manifest. */
final class PluginGate {

    private final ContentDescriptorFinder descriptors = new ContentDescriptorFinder();

    /** @throws PluginRefusedException if the file may not run */
    PluginCandidate admit(Path path, TrustList trustList) {
        try {
            PluginFile file = PluginFile.read(path);
            if (!trustList.contains(file.sha256())) {
                throw untrusted(file, trustList);
            }
            return examine(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Like {@link #admit}, for a file that is not trusted yet. */
    PluginCandidate inspect(Path path) {
        try {
            return examine(PluginFile.read(path));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private PluginCandidate examine(PluginFile file) throws IOException {
        PluginContent content = PluginReader.read(file);
        PluginDescriptor descriptor = descriptors.find(content);
        DescriptorRules.checkId(descriptor.getPluginId());
        return new PluginCandidate(file.path(), file.sha256(), content, descriptor);
    }

    private static PluginRefusedException untrusted(PluginFile file, TrustList trustList) {
        Optional<TrustList.Entry> before = trustList.byFile(file.name());
        String cause = before.map(entry -> "changed since it was trusted: sha256 " + file.sha256()
                        + ", plugins.lock has " + entry.sha256())
                .orElse("sha256 " + file.sha256() + " is not trusted");
        return new PluginRefusedException(
                cause, "to trust it: " + Invocation.NAME + " plugins trust " + Invocation.argument(file.path()));
    }

    private static PluginRefusedException unreadable(IOException e) {
        return new PluginRefusedException(
                "cannot be read (" + e + ")", "check permissions of plugins/ and of the file");
    }
}
