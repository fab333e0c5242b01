// Checks a chain made by package pki with Bouncy Castle: full PKIX path, revocation list, OCSP, request.
// Usage: java -cp bcprov.jar:bcpkix.jar:bcutil.jar Check.java FOLDER; prints one line per check.
import java.io.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.cert.Certificate;
import java.util.*;
import org.bouncycastle.asn1.x500.style.*;
import org.bouncycastle.cert.ocsp.*;
import org.bouncycastle.cert.jcajce.*;
import org.bouncycastle.operator.jcajce.*;
import org.bouncycastle.pkcs.*;

public class Check {
  static Path dir;
  static X509Certificate cert(String f) throws Exception {
    try (InputStream in = Files.newInputStream(dir.resolve(f))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509", "BC").generateCertificate(in);
    }
  }
  static String path(String leaf, boolean revocation) throws Exception {
    CertificateFactory cf = CertificateFactory.getInstance("X.509", "BC");
    X509Certificate root = cert("root.crt"), issuing = cert("issuing.crt"), ee = cert(leaf);
    List<Object> store = new ArrayList<>(List.of(ee, issuing));
    for (String f : new String[] {"root.crl", "issuing.crl"})
      try (InputStream in = Files.newInputStream(dir.resolve(f))) { store.add(cf.generateCRL(in)); }
    PKIXParameters p = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    p.setRevocationEnabled(revocation);
    p.setDate(new Date(Long.parseLong(Files.readString(dir.resolve("at")).trim())));
    p.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(store), "BC"));
    try {
      CertPathValidator.getInstance("PKIX", "BC").validate(cf.generateCertPath(List.of(ee, issuing)), p);
      return "OK";
    } catch (CertPathValidatorException e) { return "REFUSED " + e.getMessage(); }
  }
  public static void main(String[] a) throws Exception {
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8"));
    Security.addProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider());
    dir = Paths.get(a[0]);
    System.out.println("path signing: " + path("signing.crt", true));
    System.out.println("path encryption: " + path("encryption.crt", true));
    System.out.println("path revoked: " + path("revoked.crt", true));
    System.out.println("path revoked, revocation off: " + path("revoked.crt", false));
    System.out.println("path other: " + path("other.crt", false));
    var name = new JcaX509CertificateHolder(cert("signing.crt")).getSubject();
    System.out.println("common: " + IETFUtils.valueToString(name.getRDNs(BCStyle.CN)[0].getFirst().getValue()));
    for (String f : new String[] {"good", "revoked", "unknown"}) {
      OCSPResp r = new OCSPResp(Files.readAllBytes(dir.resolve(f + ".ocsp")));
      BasicOCSPResp b = (BasicOCSPResp) r.getResponseObject();
      boolean ok = b.isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider("BC").build(b.getCerts()[0]))
        && b.getCerts()[0].isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider("BC").build(cert("issuing.crt")));
      Object s = b.getResponses()[0].getCertStatus();
      String text = s == null ? "good" : s instanceof RevokedStatus
        ? "revoked " + (((RevokedStatus) s).hasRevocationReason() ? ((RevokedStatus) s).getRevocationReason() : -1) : "unknown";
      System.out.println("ocsp " + f + ": " + ok + " " + text);
    }
    var q = new PKCS10CertificationRequest(Files.readAllBytes(dir.resolve("request.der")));
    System.out.println("request: " + q.isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider("BC").build(q.getSubjectPublicKeyInfo())));
  }
}
