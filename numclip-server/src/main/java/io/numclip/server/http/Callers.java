package io.numclip.server.http;

import io.numclip.server.request.RefusedException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Keeps pages of other sites, which a browser on this machine may have open, from asking a server on it. */
public final class Callers {

    private final Set<String> hosts;
    private final String fix;

    /**
     * @param names that a request may have in {@code Host}, beside those of this machine
     * @param fix what to do about another one
     */
    public Callers(Collection<String> names, String fix) {
        this.fix = fix;
        hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        names.forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * A page from elsewhere can make a browser ask this machine, by a name of its own that leads here; then the request has
     * that name.
     *
     * @throws RefusedException if the request has another name
     */
    public void checkHost(Request request) {
        String host = request.getHttpURI().getHost();
        if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
            throw new RefusedException(400, "wrong_host", "the request is for another host than this one", fix);
        }
    }

    /**
     * A page from elsewhere can have a browser send work here, whose answer it cannot read; browsers say where a page is from.
     *
     * @throws RefusedException if the request is from such a page
     */
    public static void checkOrigin(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        boolean same = origin == null
                || origin.replaceFirst(".*://", "")
                        .equalsIgnoreCase(request.getHeaders().get(HttpHeader.HOST));
        if (site == null ? !same : !site.equals("same-origin") && !site.equals("none")) {
            throw new RefusedException(
                    403,
                    "cross_origin",
                    "the request is from a page of another server",
                    "ask from a program, or the page of this server");
        }
    }
}
