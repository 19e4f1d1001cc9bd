package dev.signalwright.worker.clientportal;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the certificate that the gateway shows is the gateway's. With a pinned fingerprint exactly that
 * certificate is accepted, whatever name and dates it bears: the gateway comes with one that it signed itself. Else the
 * given or the system's authorities decide, name and dates included. There is no third way.
 */
final class GatewayTrust extends X509ExtendedTrustManager {
    private final Optional<String> pin;
    private final @Nullable X509ExtendedTrustManager authorities;
    private volatile Optional<String> shown = Optional.empty();

    private GatewayTrust(Optional<String> pin, @Nullable X509ExtendedTrustManager authorities) {
        this.pin = pin;
        this.authorities = authorities;
    }

    /** @throws IOException the file with the authorities cannot be read or holds none */
    static GatewayTrust of(PortalAddress address) throws IOException {
        try {
            return address.certificateSha256().isPresent()
                    ? new GatewayTrust(address.certificateSha256(), null)
                    : new GatewayTrust(Optional.empty(), authorities(address.caFile()));
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificates could not be used: " + e.getMessage(), e);
        }
    }

    private static X509ExtendedTrustManager authorities(Optional<Path> caFile)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(caFile.isPresent() ? read(caFile.get()) : null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new CertificateException("this Java knows no X.509 authorities"));
    }

    private static KeyStore read(Path caFile) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(caFile)) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority-" + store.size(), one);
            }
        }
        if (store.size() == 0) {
            throw new CertificateException(caFile + " holds no certificate");
        }
        return store;
    }

    SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS is not to be had in this Java: " + e.getMessage(), e);
        }
    }

    /** The fingerprint of the certificate that was shown last and not accepted, in groups as keytool prints it. */
    Optional<String> refused() {
        return shown.map(GatewayTrust::printed);
    }

    static String printed(String digits) {
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < digits.length(); i += 2) {
            groups.append(i == 0 ? "" : ":").append(digits, i, i + 2);
        }
        return groups.toString().toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        String fingerprint = fingerprint(chain[0]);
        shown = Optional.of(fingerprint);
        if (authorities != null) {
            authorities.checkServerTrusted(chain, authType, engine);
        } else if (!pin.equals(shown)) {
            throw new CertificateException("another certificate than the pinned one");
        }
        shown = Optional.empty();
    }

    static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new CertificateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("connections are made through engines only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("without a connection the name cannot be checked");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("nobody is served here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("nobody is served here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("nobody is served here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
