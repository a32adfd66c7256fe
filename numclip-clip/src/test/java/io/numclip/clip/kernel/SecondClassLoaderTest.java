package io.numclip.clip.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application server gives each application a class loader of its own; Java loads a native library by one of them. */
class SecondClassLoaderTest {

    @Test
    void isToldThatJavaLoadsTheLibrariesOnce() throws Exception {
        NativeLibrary.engine();
        Thread thread = Thread.currentThread();
        ClassLoader first = thread.getContextClassLoader();
        try (URLClassLoader second = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(second);
            Class<?> library = second.loadClass(NativeLibrary.class.getName());
            assertThatThrownBy(() -> library.getMethod("engine").invoke(null))
                    .cause()
                    .hasToString(
                            "io.numclip.data.NumClipException: another class loader of this Java process has loaded"
                                    + " PyTorch's libraries, and Java loads them once; fix: put NumCLIP and DJL where all parts of"
                                    + " the application share them, such as the lib folder of the server");
        } finally {
            thread.setContextClassLoader(first);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> places = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
            places.add(new File(place).toURI().toURL());
        }
        return places.toArray(URL[]::new);
    }
}
