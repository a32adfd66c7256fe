package io.numclip.server.page;

import io.numclip.host.assembly.RegionSearch;
import io.numclip.server.Batching;
import io.numclip.server.NumClipServer;
import io.numclip.server.Secret;
import io.numclip.server.ServedModel;
import io.numclip.server.ServerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The server itself, with answers that are known. */
final class PageServer implements AutoCloseable {

    private static final Batching ONE_AT_A_TIME = new Batching(1, Duration.ZERO, 1, 1);

    final PageScoring scoring;
    private final NumClipServer server;

    private PageServer(ServerSettings settings, List<ServedModel> models) {
        this(settings, models, null);
    }

    private PageServer(ServerSettings settings, List<ServedModel> models, RegionSearch search) {
        scoring = new PageScoring(models);
        server = NumClipServer.start(settings, models, scoring, search);
    }

    static PageServer of(ServedModel... models) {
        return new PageServer(ServerSettings.local(0), List.of(models));
    }

    static PageServer withFinder(RegionSearch search, ServedModel... models) {
        return new PageServer(ServerSettings.local(0), List.of(models), search);
    }

    static PageServer withToken(String token) {
        ServerSettings settings =
                new ServerSettings("127.0.0.1", 0, Secret.of(token, "the test"), false, List.of(), Batching.defaults());
        return new PageServer(settings, List.of(PageScoring.calibrated("age")));
    }

    /** While it works on one request, it refuses all others. */
    static PageServer thatIsSoonBusy() {
        ServerSettings settings = new ServerSettings("127.0.0.1", 0, null, false, List.of(), ONE_AT_A_TIME);
        return new PageServer(settings, List.of(PageScoring.calibrated("age")));
    }

    String address() {
        return server.address();
    }

    @Override
    public void close() {
        scoring.waiting.release(100);
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
