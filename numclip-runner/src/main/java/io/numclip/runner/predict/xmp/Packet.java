package io.numclip.runner.predict.xmp;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.Limit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.w3c.dom.ls.LSOutput;
import org.w3c.dom.ls.LSSerializer;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a sidecar says. Whatever is not set here stays as other programs have written it, also what this one does not know.
 *
 * @see <a href="https://developer.adobe.com/xmp/docs/">XMP, ISO 16684-1</a>
 */
final class Packet {

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String EMPTY = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n <rdf:RDF xmlns:rdf=\"" + RDF
            + "\">\n  <rdf:Description rdf:about=\"\"/>\n </rdf:RDF>\n</x:xmpmeta>\n";
    private static final String DEEPEST = "200"; // elements in elements; those of other programs have fewer than 20

    private final Document document;
    private final List<Element> descriptions;

    private Packet(Document document, Element rdf) {
        this.document = document;
        this.descriptions = children(rdf, RDF, "Description");
        if (descriptions.isEmpty()) {
            Element first = document.createElementNS(RDF, "rdf:Description");
            first.setAttributeNS(RDF, "rdf:about", "");
            descriptions.add((Element) rdf.appendChild(first));
        }
    }

    static Packet empty() throws IOException {
        return parse(EMPTY.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param xml in which nothing is fetched from anywhere
     * @throws NumClipException if it is not XMP
     */
    static Packet parse(byte[] xml) throws IOException {
        if (xml.length > Limit.SIDECAR_BYTES.value()) {
            throw refused(Limit.SIDECAR_BYTES.exceededBy(xml.length + " bytes"));
        }
        Document document;
        try {
            document = parser().parse(new ByteArrayInputStream(xml));
        } catch (SAXException e) {
            throw refused("it is not well-formed XML: "
                    + NumClipException.firstLine(e).replaceAll("\\.$", ""));
        }
        Node rdf = document.getElementsByTagNameNS(RDF, "RDF").item(0);
        if (rdf == null) {
            throw refused(
                    "it has no rdf:RDF, found " + document.getDocumentElement().getTagName());
        }
        return new Packet(document, (Element) rdf);
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(new DefaultHandler()); // which prints nothing
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java has these", e);
        }
    }

    private static NumClipException refused(String what) {
        return new NumClipException(
                Kind.DATA, "expected XMP: " + what, "repair it, or give it another name if nobody needs it");
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
    Optional<String> get(Property property) {
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
    void set(Property property, String text) {
        remove(property);
        Element first = descriptions.get(0);
        first.setAttributeNS(property.namespace(), prefix(property, first) + ":" + property.name(), text);
    }

    /** The one that the file has for the namespace, or a new one. */
    private static String prefix(Property property, Element at) {
        String known = at.lookupPrefix(property.namespace());
        if (known != null) {
            return known;
        }
        String free = property.prefix();
        while (at.lookupNamespaceURI(free) != null) {
            free += "_";
        }
        at.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:" + free, property.namespace());
        return free;
    }

    void remove(Property property) {
        for (Element each : descriptions) {
            each.removeAttributeNS(property.namespace(), property.name());
            children(each, property.namespace(), property.name()).forEach(each::removeChild);
        }
    }

    /** In UTF-8. */
    byte[] bytes() {
        DOMImplementationLS implementation = (DOMImplementationLS) document.getImplementation();
        LSSerializer serializer = implementation.createLSSerializer();
        serializer.getDomConfig().setParameter("xml-declaration", false); // XMP has its own
        serializer.getDomConfig().setParameter("namespaces", false); // those of the file are as they were
        serializer.setNewLine("\n");
        LSOutput output = implementation.createLSOutput();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        output.setByteStream(bytes);
        output.setEncoding(StandardCharsets.UTF_8.name());
        serializer.write(document, output);
        return bytes.toByteArray();
    }
}
