package io.numclip.host.config;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.Limit;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the part of YAML that a configuration needs: mappings, lists and scalars. Tags, anchors, aliases and duplicate
 * keys are refused with their position, as are files that exceed the limits of {@link Limit}.
 */
public final class YamlReader {

    private final String source;
    private final ConfigProblems problems;

    private YamlReader(String source, ConfigProblems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** @throws NumClipException if the file cannot be read or is not YAML of this kind */
    public static ConfigNode.Mapping read(Path file) {
        if (!RegularFile.exists(file)) {
            throw new NumClipException(
                    Kind.MISSING,
                    file + ": there is no such file",
                    "give the path of a YAML file, or the name of a task");
        }
        try {
            if (Files.size(file) > Limit.YAML_BYTES.intValue()) {
                throw new NumClipException(
                        Kind.CONFIGURATION,
                        file + ": " + Limit.YAML_BYTES.exceededBy(Files.size(file) + " bytes"),
                        "keep only settings in the configuration, and give data as CSV files or folders");
            }
            return parse(file.toString(), decode(file.toString(), Files.readAllBytes(file)));
        } catch (IOException failure) {
            throw new NumClipException(
                    Kind.IO, file + ": cannot be read (" + failure.getMessage() + ")", "check the file", failure);
        }
    }

    /** Reads text; {@code source} stands for the file name in positions. */
    public static ConfigNode.Mapping parse(String source, String text) {
        ConfigProblems problems = new ConfigProblems();
        ConfigNode root = new YamlReader(source, problems).document(text);
        problems.throwIfAny();
        if (root instanceof ConfigNode.Mapping mapping) {
            return mapping;
        }
        if (root instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
            return new ConfigNode.Mapping(root.position(), Map.of());
        }
        problems.add(root.position(), "", "expected settings as 'key: value', found " + root.describe());
        problems.throwIfAny();
        throw new AssertionError("unreachable: a problem was added");
    }

    /** Reads the value of a {@code --set} option. */
    static ConfigNode value(String source, String text, ConfigProblems problems) {
        return new YamlReader(source, problems).document(text);
    }

    private static String decode(String source, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException failure) {
            throw new NumClipException(
                    Kind.CONFIGURATION, source + ": the file is not UTF-8 text", "save it as UTF-8", failure);
        }
    }

    private ConfigNode document(String text) {
        Position start = new Position(source, 1, 1);
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(source)
                    .setCodePointLimit(Limit.YAML_BYTES.intValue())
                    .build();
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            events.next(); // the stream starts
            if (events.next().getEventId() == Event.ID.StreamEnd) {
                return new ConfigNode.Scalar(start, "", true);
            }
            ConfigNode root = node(events.next(), events, 1);
            events.next(); // the document ends
            Event next = events.next();
            if (next.getEventId() != Event.ID.StreamEnd) {
                problems.add(position(next), "", "a second document begins; only one is allowed");
            }
            return root;
        } catch (MarkedYamlEngineException failure) {
            problems.add(position(failure.getProblemMark()), "", "not YAML: " + failure.getProblem());
        } catch (YamlEngineException failure) {
            problems.add(start, "", "not YAML: " + failure.getMessage());
        }
        return new ConfigNode.Scalar(start, "", true);
    }

    private ConfigNode node(Event event, Iterator<Event> events, int depth) {
        Position position = position(event);
        refuseUnusualParts(event, position);
        if (depth > Limit.YAML_DEPTH.intValue()) {
            throw new YamlEngineException(Limit.YAML_DEPTH.exceededBy("too many levels at " + position));
        }
        if (event instanceof ScalarEvent scalar) {
            return new ConfigNode.Scalar(position, scalar.getValue(), scalar.isPlain());
        }
        if (event instanceof AliasEvent) {
            return new ConfigNode.Scalar(position, "", true);
        }
        return event instanceof MappingStartEvent
                ? mapping(position, events, depth)
                : sequence(position, events, depth);
    }

    private ConfigNode mapping(Position position, Iterator<Event> events, int depth) {
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            ConfigNode key = node(event, events, depth + 1);
            ConfigNode value = node(events.next(), events, depth + 1);
            if (!(key instanceof ConfigNode.Scalar scalar)) {
                problems.add(key.position(), "", "a key must be a word, found " + key.describe());
                continue;
            }
            ConfigNode.Entry before = entries.putIfAbsent(scalar.text(), new ConfigNode.Entry(key.position(), value));
            if (before != null) {
                problems.add(
                        key.position(),
                        "",
                        "'" + scalar.text() + "' appears twice, first at line "
                                + before.position().line());
            }
        }
        return new ConfigNode.Mapping(position, entries);
    }

    private ConfigNode sequence(Position position, Iterator<Event> events, int depth) {
        List<ConfigNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, events, depth + 1));
        }
        return new ConfigNode.Sequence(position, items);
    }

    private void refuseUnusualParts(Event event, Position position) {
        Optional<String> tag = Optional.empty();
        if (event instanceof ScalarEvent scalar) {
            tag = scalar.getTag();
        } else if (event instanceof CollectionStartEvent collection) {
            tag = collection.getTag();
        }
        tag.ifPresent(name -> problems.add(position, "", "tags are not allowed, found " + name));
        if (event instanceof AliasEvent) {
            problems.add(position, "", "aliases are not allowed");
        } else if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            problems.add(
                    position,
                    "",
                    "anchors are not allowed, found &" + node.getAnchor().get());
        }
    }

    private Position position(Event event) {
        return position(event.getStartMark());
    }

    private Position position(Optional<org.snakeyaml.engine.v2.exceptions.Mark> mark) {
        return mark.map(at -> new Position(source, at.getLine() + 1, at.getColumn() + 1))
                .orElse(new Position(source, 1, 1));
    }
}
