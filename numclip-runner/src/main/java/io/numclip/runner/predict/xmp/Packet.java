package io.numclip.runner.predict.xmp;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.Limit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSSerializer;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a sidecar says. Whatever is not set here stays as other programs have written it, also what this one does not know.
 *
 * @see <a href="https://developer.adobe.com/xmp/docs/">XMP, ISO 16684-1</a>
 */
public final class Packet {

    /**
     * A simple property.
     *
     * @param prefix that is usual for the namespace
     */
    public record Property(String namespace, String prefix, String name) {

        /** One of this project's own, which docs/predicting.md lists. */
        public static Property own(String name) {
            return new Property("urn:numclip:xmp:1.0/", "numclip", name);
        }
    }

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String EMPTY = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n <rdf:RDF xmlns:rdf=\"" + RDF
            + "\">\n  <rdf:Description rdf:about=\"\"/>\n </rdf:RDF>\n</x:xmpmeta>\n";
    private static final String DEEPEST = "200"; // elements in elements; those of other programs have fewer than 20

    private final List<Element> descriptions;

    private Packet(Element rdf) {
        this.descriptions = children(rdf, RDF, "Description");
        if (descriptions.isEmpty()) {
            Element first = rdf.getOwnerDocument().createElementNS(RDF, "rdf:Description");
            first.setAttributeNS(RDF, "rdf:about", "");
            descriptions.add((Element) rdf.appendChild(first));
        }
    }

    /**
     * @param file for messages
     * @param xml of it, in which nothing is fetched from anywhere; nothing: a new packet
     * @throws NumClipException if it is not XMP
     */
    public static Packet parse(Path file, byte[] xml) throws IOException {
        if (xml.length > Limit.SIDECAR_BYTES.value()) {
            throw refused(file, Limit.SIDECAR_BYTES.exceededBy(xml.length + " bytes"));
        }
        try {
            byte[] text = xml.length == 0 ? EMPTY.getBytes(StandardCharsets.UTF_8) : xml;
            Document document = parser().parse(new ByteArrayInputStream(text));
            Node rdf = document.getElementsByTagNameNS(RDF, "RDF").item(0);
            if (rdf == null) {
                throw refused(file, "it has no rdf:RDF");
            }
            return new Packet((Element) rdf);
        } catch (SAXException e) {
            throw refused(
                    file,
                    "not well-formed XML: " + NumClipException.firstLine(e).replaceAll("\\.$", ""));
        }
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(new DefaultHandler()); // which prints nothing
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java has these", e);
        }
    }

    private static NumClipException refused(Path file, String what) {
        return new NumClipException(
                Kind.DATA, file + ": expected XMP: " + what, "repair it, or move it away if nobody needs it");
    }

    private static List<Element> children(Element parent, String namespace, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (namespace.equals(child.getNamespaceURI()) && name.equals(child.getLocalName())) {
                found.add((Element) child);
            }
        }
        return found;
    }

    /** The text of a property; empty where it is absent. */
    public Optional<String> get(Property property) {
        for (Element each : descriptions) {
            if (each.hasAttributeNS(property.namespace(), property.name())) {
                return Optional.of(each.getAttributeNS(property.namespace(), property.name()));
            }
            List<Element> elements = children(each, property.namespace(), property.name());
            if (!elements.isEmpty()) {
                return Optional.of(elements.get(0).getTextContent().strip());
            }
        }
        return Optional.empty();
    }

    /** Replaces a property, in whichever of its forms it is there. */
    public void set(Property property, String text) {
        remove(property);
        Element first = descriptions.get(0);
        String prefix = first.lookupPrefix(property.namespace());
        if (prefix == null) {
            prefix = property.prefix() + (first.lookupNamespaceURI(property.prefix()) == null ? "" : "_");
            first.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:" + prefix, property.namespace());
        }
        first.setAttributeNS(property.namespace(), prefix + ":" + property.name(), text);
    }

    public void remove(Property property) {
        for (Element each : descriptions) {
            each.removeAttributeNS(property.namespace(), property.name());
            children(each, property.namespace(), property.name()).forEach(each::removeChild);
        }
    }

    /** In UTF-8. */
    public byte[] bytes() {
        Document document = descriptions.get(0).getOwnerDocument();
        LSSerializer serializer = ((DOMImplementationLS) document.getImplementation()).createLSSerializer();
        serializer.getDomConfig().setParameter("xml-declaration", false); // XMP has its own
        serializer.getDomConfig().setParameter("namespaces", false); // those of the file are as they were
        serializer.setNewLine("\n");
        return serializer.writeToString(document).getBytes(StandardCharsets.UTF_8);
    }
}
