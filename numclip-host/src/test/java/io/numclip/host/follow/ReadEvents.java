package io.numclip.host.follow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a file of events, read back by the fields that the writer is to write; whether TensorBoard reads them so is what
 * {@link EventRecordsTest} compares.
 */
final class ReadEvents {

    private record Number(String tag, long step, double time, float value) {}

    private final List<Number> numbers = new ArrayList<>();

    static ReadEvents of(Path file) throws IOException {
        ReadEvents events = new ReadEvents();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int length = Math.toIntExact(bytes.getLong());
            bytes.getInt();
            ByteBuffer event = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).limit(length);
            events.event(event);
            bytes.position(bytes.position() + length + Integer.BYTES);
        }
        return events;
    }

    /** Such as {@code 3: 0.25} for step 3, in the order of the file. */
    List<String> numbers(String tag) {
        return numbers.stream()
                .filter(number -> number.tag.equals(tag))
                .map(number -> number.step + ": " + number.value)
                .toList();
    }

    List<Double> times(String tag) {
        return numbers.stream()
                .filter(number -> number.tag.equals(tag))
                .map(Number::time)
                .toList();
    }

    private void event(ByteBuffer event) {
        double time = 0;
        long step = 0;
        while (event.hasRemaining()) {
            switch (event.get()) {
                case 1 << 3 | 1 -> time = event.getDouble();
                case 2 << 3 -> step = varint(event);
                case 5 << 3 | 2 -> summary(part(event), time, step);
                default -> part(event);
            }
        }
    }

    private void summary(ByteBuffer summary, double time, long step) {
        while (summary.hasRemaining()) {
            summary.get();
            ByteBuffer value = part(summary);
            value.get();
            String tag = StandardCharsets.UTF_8.decode(part(value)).toString();
            value.get();
            numbers.add(new Number(tag, step, time, value.getFloat()));
        }
    }

    private static ByteBuffer part(ByteBuffer from) {
        int length = (int) varint(from);
        ByteBuffer part = from.slice().order(ByteOrder.LITTLE_ENDIAN).limit(length);
        from.position(from.position() + length);
        return part;
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
