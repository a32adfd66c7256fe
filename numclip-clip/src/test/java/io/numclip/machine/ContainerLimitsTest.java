package io.numclip.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLimitsTest {

    private static final ContainerLimits NONE = new ContainerLimits(OptionalDouble.empty(), OptionalLong.empty());
    private static final ContainerLimits SMALL = new ContainerLimits(OptionalDouble.of(1), OptionalLong.of(2L << 30));

    @TempDir
    Path root;

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text + "\n");
    }

    @Test
    void aContainerSeesItsOwnGroupAsTheRoot() throws IOException {
        write("proc/self/cgroup", "0::/");
        write("sys/fs/cgroup/cpu.max", "100000 100000");
        write("sys/fs/cgroup/memory.max", "2147483648");
        assertThat(ContainerLimits.read(root)).isEqualTo(SMALL);
    }

    @Test
    void theSmallestLimitOfAGroupAndItsParentsHolds() throws IOException {
        write("proc/self/cgroup", "0::/kubepods/pod1/box");
        write("sys/fs/cgroup/kubepods/cpu.max", "400000 100000");
        write("sys/fs/cgroup/kubepods/memory.max", "2147483648");
        write("sys/fs/cgroup/kubepods/pod1/cpu.max", "50000 50000");
        write("sys/fs/cgroup/kubepods/pod1/box/cpu.max", "max 100000");
        write("sys/fs/cgroup/kubepods/pod1/box/memory.max", "max");
        assertThat(ContainerLimits.read(root)).isEqualTo(SMALL);
    }

    @Test
    void versionOneHasAFolderForEachController() throws IOException {
        write("proc/self/cgroup", "8:memory:/docker/4af\n1:cpu,cpuacct:/docker/4af\n0::/");
        write("sys/fs/cgroup/cpu/docker/4af/cpu.cfs_quota_us", "250000");
        write("sys/fs/cgroup/cpu/docker/4af/cpu.cfs_period_us", "250000");
        write("sys/fs/cgroup/memory/docker/4af/memory.limit_in_bytes", "2147483648");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        assertThat(ContainerLimits.read(root)).isEqualTo(SMALL);
    }

    @Test
    void aPathOfTheHostLeadsNowhereInsideTheContainer() throws IOException {
        write("proc/self/cgroup", "8:memory:/docker/4af\n1:cpu:/../../docker/4af");
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "100000");
        write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "2147483648");
        assertThat(ContainerLimits.read(root)).isEqualTo(SMALL);
    }

    @Test
    void halfAProcessorIsALimitToo() throws IOException {
        write("proc/self/cgroup", "0::/");
        write("sys/fs/cgroup/cpu.max", "50000 100000");
        assertThat(ContainerLimits.read(root).processors()).hasValue(0.5);
    }

    @Test
    void withoutLimitsOrWithoutControlGroupsThereIsNone() throws IOException {
        assertThat(ContainerLimits.read(root)).isEqualTo(NONE);
        write("proc/self/cgroup", "1:cpu:/\n8:memory:/\n0::/\nnonsense");
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1");
        write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "99999999999999999999");
        assertThat(ContainerLimits.read(root)).isEqualTo(NONE);
    }
}
