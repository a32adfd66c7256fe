package io.numclip.host.plugin;

/**
 * What plugins see of the host: the JDK and the published packages ({@link SharedPackages}). All other classes and all
 * resources of the host are closed to them.
 */
final class PublishedClassLoader extends ClassLoader {

    private final ClassLoader host;

    PublishedClassLoader(ClassLoader host) {
        super(ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    /** Called when the JDK has no such class. */
    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (SharedPackages.isPublished(name)) {
            return host.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    /** Why a class is not available, if the host is the reason. */
    ClassNotFoundException refusal(String plugin, String name, ClassNotFoundException absent) {
        if (SharedPackages.isPublished(name)) {
            return ClosedClassException.absent(plugin, name);
        }
        boolean isOfHost = host.getResource(name.replace('.', '/') + ".class") != null;
        return isOfHost ? ClosedClassException.closed(plugin, name) : absent;
    }
}
