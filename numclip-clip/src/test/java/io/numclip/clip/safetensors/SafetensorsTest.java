package io.numclip.clip.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {

    @TempDir
    private Path temporary;

    static Stream<Arguments> wrongHeaders() {
        String deep = "{\"a\":" + "[".repeat(200_000);
        String many = IntStream.rangeClosed(0, 100_000)
                .mapToObj(i -> "\"t%d\":%s".formatted(i, f32("[0]", 0, 0)))
                .collect(Collectors.joining(",", "{", "}"));
        return Stream.of(
                arguments(
                        "{\"a\":" + f32("[1]", 0, 4) + ",\"b\":" + f32("[1]", 2, 6) + "}",
                        6,
                        "b: begins at 2, expected 4 (overlap)"),
                arguments(
                        "{\"a\":" + f32("[1]", 0, 4) + ",\"b\":" + f32("[1]", 8, 12) + "}",
                        12,
                        "b: begins at 8, expected 4 (gap)"),
                arguments("{\"a\":" + f32("[1]", 4, 8) + "}", 8, "a: begins at 4, expected 0 (gap)"),
                arguments("{\"a\":" + f32("[1]", 4, 0) + "}", 4, "a: data_offsets [4,0]"),
                arguments("{\"a\":" + f32("[2]", 0, 8) + "}", 4, "need 8 bytes of data, the file has 4"),
                arguments("{\"a\":" + f32("[1]", 0, 4) + "}", 5, "need 4 bytes of data, the file has 5"),
                arguments(
                        "{\"a\":" + f32("[1]", 0, 4) + ",\"z\":" + f32("[0]", 9, 9) + "}",
                        4,
                        "z: begins at 9, expected 4"),
                arguments(
                        "{\"a\":" + f32("[3]", 0, 4) + "}",
                        4,
                        "of shape [3] needs 12 bytes, data_offsets 0 to 4 hold 4"),
                arguments(
                        "{\"a\":" + f32("[4194305,4194305,211106198978564]", 0, 4) + "}",
                        4,
                        "a: shape product exceeds 2^63"),
                arguments("{\"a\":" + f32("[-1]", 0, 4) + "}", 4, "shape holds -1"),
                arguments("{\"a\":" + f32("[1.5]", 0, 4) + "}", 4, "shape holds 1.5"),
                arguments("{\"a\":" + f32("[1]", 0, 4) + ",\"a\":" + f32("[1]", 4, 8) + "}", 8, "names a tensor twice"),
                arguments(
                        "{\"a\":{\"dtype\":\"F4\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                        4,
                        "type \"F4\", known: [BF16, BOOL"),
                arguments("{\"a\":{\"dtype\":\"F32\",\"shape\":3,\"data_offsets\":[0,4]}}", 4, "shape must be a list"),
                arguments("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "data_offsets must be a list"),
                arguments("{\"a\":7}", 4, "tensor a"),
                arguments("[]", 0, "must be an object"),
                arguments("\ufeff{}", 0, "the header must begin with {"),
                arguments(" {}", 0, "the header must begin with {"),
                arguments("{} {}", 0, "not JSON"),
                arguments("{\"a\":", 0, "not JSON"),
                arguments(deep, 0, "nesting depth"),
                arguments(many, 0, "too many tensors, the limit weights.tensors is 100,000"),
                arguments("{\"__metadata__\":{\"a\":1}}", 0, "__metadata__: a must be a string"));
    }

    private static String f32(String shape, long begin, long end) {
        return "{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}".formatted(shape, begin, end);
    }

    @ParameterizedTest
    @MethodSource("wrongHeaders")
    void wrongHeaderIsRefused(String header, int dataBytes, String message) throws IOException {
        assertRefused(file(header, new byte[dataBytes]), message);
    }

    @Test
    void wrongPrefixIsRefusedBeforeMemoryIsTaken() throws IOException {
        assertRefused(Files.write(temporary.resolve("a"), new byte[3]), "3 bytes, the header needs 8");
        assertRefused(
                prefix(Long.MAX_VALUE),
                "the header says 9223372036854775807 bytes; the file has 10, the limit weights.headerBytes is 25,000,000");
        assertRefused(prefix(-1), "the header says 18446744073709551615 bytes");
        assertRefused(prefix(3), "the header says 3 bytes; the file has 10");
    }

    @Test
    void onlyRegularFilesAreOpened() throws IOException {
        assertRefused(temporary, "not a regular file");
        Path zero = Path.of("/dev/zero");
        if (Files.exists(zero)) {
            assertRefused(Files.createSymbolicLink(temporary.resolve("link"), zero), "not a regular file");
        }
    }

    @Test
    void aFileThatIsCutWhileItIsReadIsSaid() throws IOException {
        Path file = file("{\"a\":" + f32("[4]", 0, 16) + "}", new byte[16]);
        long whole = Files.size(file);
        try (Safetensors tensors = Safetensors.open(file);
                NDManager manager = NDManager.newBaseManager()) {
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) whole - 8));
            assertThatIOException()
                    .isThrownBy(() -> tensors.array("a", manager))
                    .withMessage(file + ": changed while reading (it ends before byte " + whole + ")");
        }
    }

    @Test
    void aFileThatIsRewrittenWhileItIsReadIsSaid() throws IOException {
        Path file = file("{\"a\":" + f32("[4]", 0, 16) + "}", new byte[16]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        byte[] other = Files.readAllBytes(file);
        other[other.length - 1] = 1;
        try (Safetensors tensors = Safetensors.open(file);
                NDManager manager = NDManager.newBaseManager()) {
            Files.createLink(file.resolveSibling("link"), file);
            assertThat(tensors.array("a", manager).size())
                    .as("a link changes nothing")
                    .isEqualTo(4);
            Files.write(file, other); // in place, of the same length
            assertThatIOException()
                    .isThrownBy(() -> tensors.array("a", manager))
                    .withMessageStartingWith(file + ": changed while reading");
            assertThatIOException().isThrownBy(tensors::requireFinite).withMessageContaining("changed while reading");
        }
    }

    @Test
    void nonFiniteValuesAreCounted() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(new float[] {1, Float.NaN, 2, Float.NEGATIVE_INFINITY});
        Path file = file("{\"a\":" + f32("[4]", 0, 16) + "}", data.array());
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> Safetensors.read(file, manager))
                    .withMessageContaining("tensor a has 2 non-finite values (first at 1)");
        }
    }

    @Test
    void finiteValuesWithoutAFiniteSumAreRead() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(new float[] {Float.MAX_VALUE, Float.MAX_VALUE});
        Path file = file("{\"a\":" + f32("[2]", 0, 8) + "}", data.array());
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(Safetensors.read(file, manager).get("a").toFloatArray())
                    .containsExactly(Float.MAX_VALUE, Float.MAX_VALUE);
        }
    }

    @Test
    void emptyTensorIsRead() throws IOException {
        Path file = file("{\"a\":" + f32("[0,3]", 0, 0) + "}", new byte[0]);
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(Safetensors.read(file, manager).get("a").getShape()).isEqualTo(new Shape(0, 3));
        }
    }

    @Test
    void integersAreNotFeatures() throws IOException {
        Path file = file("{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> Safetensors.read(file, manager))
                    .withMessageContaining("tensor a: type I64, expected F32, F16 or BF16");
        }
    }

    @Test
    void halfPrecisionIsWidenedExactly() {
        assertThat(HalfPrecision.float16((short) 0x3c00)).isEqualTo(1f);
        assertThat(HalfPrecision.float16((short) 0xc100)).isEqualTo(-2.5f);
        assertThat(HalfPrecision.float16((short) 0x7bff)).isEqualTo(65504f);
        assertThat(HalfPrecision.float16((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(HalfPrecision.float16((short) 0x83ff)).isEqualTo(-0x3ffp-24f);
        assertThat(HalfPrecision.float16((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(HalfPrecision.float16((short) 0x7e00)).isNaN();
        assertThat(HalfPrecision.bfloat16((short) 0xc049)).isEqualTo(-3.140625f);
    }

    @Test
    void bf16TensorIsRead() throws IOException {
        Path file = file(
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                new byte[] {(byte) 0x80, 0x3f, 0x49, (byte) 0xc0});
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(Safetensors.read(file, manager).get("a").toFloatArray()).containsExactly(1f, -3.140625f);
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = temporary.resolve("m.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray matrix = manager.create(new float[] {1.5f, -2, 0.25f, 3, 4, 65504}, new Shape(2, 3));
            Map<String, NDArray> tensors =
                    Map.of("z", matrix, "a", manager.create(0.5f), "n", manager.zeros(new Shape(0, 4)));
            for (SafetensorsWriter.Type type : SafetensorsWriter.Type.values()) {
                SafetensorsWriter.write(file, tensors, type, Map.of("format", "pt", "a", "ü"));
                Map<String, NDArray> read = Safetensors.read(file, manager);
                assertThat(read.keySet()).containsExactly("a", "n", "z");
                assertThat(read.get("z").getShape()).isEqualTo(new Shape(2, 3));
                assertThat(read.get("z").toFloatArray()).containsExactly(matrix.toFloatArray());
                assertThat(read.get("a").getShape()).isEqualTo(new Shape());
                byte[] first = Files.readAllBytes(file);
                assertThat(ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                        .isZero();
                SafetensorsWriter.write(file, tensors, type, Map.of("format", "pt", "a", "ü"));
                assertThat(file).hasBinaryContent(first);
                try (Safetensors tensorsAgain = Safetensors.open(file)) {
                    assertThat(tensorsAgain.metadata()).containsEntry("a", "ü").containsEntry("format", "pt");
                }
            }
        }
        assertThat(temporary).isDirectoryNotContaining("glob:**.part");
    }

    private Path prefix(long length) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        return Files.write(
                temporary.resolve("prefix"),
                bytes.put(8, (byte) '{').put(9, (byte) '}').array());
    }

    private Path file(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                temporary.resolve("x.safetensors"),
                bytes.putLong(json.length).put(json).put(data).array());
    }

    private static void assertRefused(Path file, String message) {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> Safetensors.open(file).close())
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DATA));
    }
}
