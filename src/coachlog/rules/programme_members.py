"""Under which id the owner of a journal takes part in a programme."""

_ID_CHARACTERS = 16


def derive_member_id(secret: str, code: str) -> str:
    """Return the id in the programme of this code, from the journal's secret (in hex).

    It is the same in each quarter, and nobody without the secret can tell it from that in another
    programme. Source: HMAC with SHA-256 (RFC 2104), cut to 64 bits.
    """
    import hmac

    digest = hmac.new(bytes.fromhex(secret), code.encode(), "sha256")
    return digest.hexdigest()[:_ID_CHARACTERS]
