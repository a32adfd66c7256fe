package io.numclip.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The examples in {@code deploy/}, as far as they can be checked without the tools that run them. */
class DeployTest {

    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final List<String> HEALTH = List.of(Route.LIVE.path(), Route.READY.path());

    @Test
    void theKubernetesExampleCanBeReadAndAsksForWhatIsHere() throws IOException {
        List<JsonNode> parts = parts("kubernetes.yaml");
        assertThat(parts).extracting(part -> part.path("kind").asText()).containsExactly("Deployment", "Service");
        JsonNode pod = parts.get(0).at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertThat(container.path(probe).at("/httpGet/path").asText()).isIn(HEALTH);
        }
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(container.at("/resources/limits").size()).isEqualTo(2);
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(30);
    }

    private static List<JsonNode> parts(String file) throws IOException {
        List<JsonNode> parts = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(DEPLOY.resolve(file)))
                .forEach(part -> parts.add(new ObjectMapper().valueToTree(part)));
        return parts;
    }

    @Test
    void whoeverReadsTheMetricsHasTheToken() throws IOException {
        assertThat(Route.METRICS.isOpen()).isFalse();
        List<JsonNode> kubernetes = parts("kubernetes.yaml");
        assertThat(kubernetes.get(0).at("/spec/template/metadata").has("annotations"))
                .isFalse();
        JsonNode monitor = parts("service-monitor.yaml").get(0);
        JsonNode endpoint = monitor.at("/spec/endpoints/0");
        JsonNode token = kubernetes.get(0).at("/spec/template/spec/containers/0/env/0/valueFrom/secretKeyRef");
        assertThat(endpoint.at("/authorization/credentials")).isEqualTo(token);
        assertThat(endpoint.path("path").asText()).isEqualTo(Route.METRICS.path());
        assertThat(monitor.at("/spec/selector/matchLabels"))
                .isEqualTo(kubernetes.get(1).at("/metadata/labels"));
        JsonNode scrape = parts("prometheus.yaml").get(0).at("/scrape_configs/0");
        assertThat(scrape.path("metrics_path").asText()).isEqualTo(Route.METRICS.path());
        assertThat(scrape.at("/authorization/credentials_file").asText()).isNotEmpty();
    }

    @Test
    void theContainerRunsAsNobodyAndAsksForItsHealth() throws IOException {
        String file = Files.readString(DEPLOY.resolve("Dockerfile"));
        assertThat(file)
                .contains(
                        "\nUSER 10001\n",
                        "\nHEALTHCHECK ",
                        Route.LIVE.path(),
                        "[\"/opt/numclip/bin/numclip\", \"serve\"");
        assertThat(file.indexOf("\nUSER ")).isGreaterThan(file.lastIndexOf("\nRUN "));
    }

    @Test
    void theUnitIsKnownToSystemd() throws Exception {
        String unit = Files.readString(DEPLOY.resolve("numclip.service"));
        assertThat(unit).contains("DynamicUser=yes", "ProtectSystem=strict", "MemoryMax=", "TimeoutStopSec=45");
        if (!Files.isExecutable(Path.of("/usr/bin/systemd-analyze"))) {
            return; // not installed here; docs/production.md says so
        }
        Process verify = new ProcessBuilder(
                        "systemd-analyze",
                        "verify",
                        DEPLOY.resolve("numclip.service").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes());
        assertThat(said.lines().filter(line -> line.contains("Unknown") || line.contains("Failed to parse")))
                .isEmpty();
    }
}
