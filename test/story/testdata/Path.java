// Checks certificates with Bouncy Castle: full PKIX path with the revocation lists in crl.pem.
// Usage: java -cp bcprov.jar:bcpkix.jar:bcutil.jar Path.java FOLDER TIME FILE…; prints one JSON object.
import java.io.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.time.Instant;
import java.util.*;

public class Path {
  public static void main(String[] a) throws Exception {
    Security.addProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider());
    CertificateFactory cf = CertificateFactory.getInstance("X.509", "BC");
    java.nio.file.Path dir = Paths.get(a[0]);
    X509Certificate root = read(cf, dir, "root.pem"), issuing = read(cf, dir, "issuing.pem");
    List<String> out = new ArrayList<>();
    for (int i = 2; i < a.length; i++) {
      X509Certificate leaf = read(cf, dir, a[i]);
      List<Object> store = new ArrayList<>(List.of(leaf, issuing));
      try (InputStream in = Files.newInputStream(dir.resolve("crl.pem"))) { store.addAll(cf.generateCRLs(in)); }
      PKIXParameters p = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      p.setRevocationEnabled(true);
      p.setDate(Date.from(Instant.parse(a[1])));
      p.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(store), "BC"));
      String verdict = "OK";
      try {
        CertPathValidator.getInstance("PKIX", "BC").validate(cf.generateCertPath(List.of(leaf, issuing)), p);
      } catch (CertPathValidatorException e) { verdict = e.getMessage().replace('"', '\''); }
      out.add("\"" + a[i] + "\": \"" + verdict + "\"");
    }
    System.out.println("{" + String.join(", ", out) + "}");
  }
  static X509Certificate read(CertificateFactory cf, java.nio.file.Path dir, String f) throws Exception {
    try (InputStream in = Files.newInputStream(dir.resolve(f))) { return (X509Certificate) cf.generateCertificate(in); }
  }
}
