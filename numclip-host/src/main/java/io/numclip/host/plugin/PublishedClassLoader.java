package io.numclip.host.plugin;

/**
 * What plugins see of the host: the JDK, and the packages that are published ({@link SharedPackages}). Every other class and
 * every resource of the host is closed to them.
 */
final class PublishedClassLoader extends ClassLoader {

    private final ClassLoader host;

    PublishedClassLoader(ClassLoader host) {
        super(ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    /** Asked when the JDK has no such class. */
    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (SharedPackages.isPublished(name)) {
            return host.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    /** Why a class cannot be had, where that has to do with the host. */
    ClassNotFoundException refusal(String plugin, String name, ClassNotFoundException absent) {
        if (SharedPackages.isPublished(name)) {
            return ClosedClassException.absent(plugin, name);
        }
        boolean isOfHost = host.getResource(name.replace('.', '/') + ".class") != null;
        return isOfHost ? ClosedClassException.closed(plugin, name) : absent;
    }
}
