package ismap.ledger;

import java.security.PrivateKey;

/** Whoever holds a signing key. */
public final class Signer {
    private final PrivateKey privateKey;
    private final byte[] publicKey;

    /** @param publicKey X.509 SubjectPublicKeyInfo, DER @throws IllegalArgumentException where the two do not belong together */
    public Signer(PrivateKey privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey.clone();
        if (!Ed25519.verifies(publicKey, publicKey, Ed25519.sign(privateKey, publicKey))) {
            throw new IllegalArgumentException("the private key and the public key %s are no pair".formatted(keyId()));
        }
    }

    /** SHA-256 of the public key, in hexadecimal. */
    public String keyId() {
        return Seal.sha256(publicKey);
    }

    /** Ed25519 over the message, in base64. */
    public String signature(byte[] message) {
        return Ed25519.text(sign(message));
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    byte[] sign(byte[] message) {
        return Ed25519.sign(privateKey, message);
    }

    @Override
    public String toString() {
        return "signer " + keyId();
    }
}
