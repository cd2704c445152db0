"""An OpenID Connect provider on loopback, made with Authlib: `python -m tests.support.openid PORT`.

It knows nothing of our code: clients must use PKCE, codes work once, identities are signed. Its people are whatever
the consent page is told. `/lie` makes it answer wrongly from then on: {"iss", "nonce", "aud", "sub", "alg", "down"}.
"""

import sys
import time
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector, current_token
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "tafelronde", "geheim-van-de-proef"
KEY = RSAKey.generate_key(2048, parameters={"kid": "proef", "use": "sig", "alg": "RS256"})

NO_ALGORITHM = "eyJhbGciOiJub25lIiwia2lkIjoicHJvZWYifQ"  # {"alg":"none","kid":"proef"}

app = Flask(__name__)
codes: dict[str, "Code"] = {}
tokens: dict[str, "Token"] = {}
lies: dict[str, Any] = {}


class Client:
    def __init__(self, callback: str) -> None:
        self.callback = callback
        self.client_id = CLIENT

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self.callback

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(word for word in scope.split() if word in {"openid", "profile", "email"})

    def check_redirect_uri(self, uri: str) -> bool:
        return uri == self.callback

    def check_client_secret(self, secret: str) -> bool:
        return secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in {"client_secret_post", "client_secret_basic"}

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"


class Code:
    """What a code stands for."""

    def __init__(self, asked: Any, person: dict[str, Any]) -> None:
        fields = asked.payload.data
        self.person = person
        self.client_id = CLIENT
        self.redirect_uri = fields["redirect_uri"]
        self.scope = fields.get("scope", "")
        self.nonce = fields.get("nonce")
        self.code_challenge = fields.get("code_challenge")
        self.code_challenge_method = fields.get("code_challenge_method")
        self.auth_time = int(time.time())

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class Token:
    def __init__(self, person: dict[str, Any], scope: str) -> None:
        self.person, self.scope, self.until = person, scope, time.time() + 300

    def is_expired(self) -> bool:
        return time.time() > self.until

    def is_revoked(self) -> bool:
        return False

    def get_scope(self) -> str:
        return self.scope


class CodeGrant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post", "client_secret_basic"]

    def save_authorization_code(self, code: str, asked: Any) -> Code:
        codes[code] = Code(asked, asked.user)
        return codes[code]

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return codes.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        for code in [code for code, kept in codes.items() if kept is authorization_code]:
            del codes[code]

    def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
        return authorization_code.person


class Identity(OpenIDCode):
    """Signs the identity itself, so that it can lie."""

    def exists_nonce(self, nonce: str, asked: Any) -> bool:
        return False

    def encode_id_token(self, token: dict[str, Any], asked: Any) -> str:
        code: Code = asked.authorization_code
        now = int(time.time())
        claims = {
            "iss": issuer(),
            "aud": CLIENT,
            "sub": code.person["sub"],
            "nonce": code.nonce,
            "iat": now,
            "exp": now + 300,
            **{name: lie for name, lie in lies.items() if name in {"iss", "aud", "nonce", "exp"}},
        }
        key = RSAKey.generate_key(2048) if lies.get("alg") == "other key" else KEY
        signed = jwt.encode({"alg": "RS256", "kid": "proef"}, claims, key)
        if lies.get("alg") == "none":
            return f"{NO_ALGORITHM}.{signed.split('.')[1]}."
        return "geen.identiteit" if lies.get("alg") == "junk" else signed


class Validator(BearerTokenValidator):
    def authenticate_token(self, token_string: str) -> Token | None:
        return tokens.get(token_string)


def issuer() -> str:
    return request.host_url.rstrip("/")


def keep_token(token: dict[str, Any], asked: Any) -> None:
    tokens[token["access_token"]] = Token(asked.user, token.get("scope", ""))


server = AuthorizationServer(
    app,
    query_client=lambda client_id: Client(app.config["CALLBACK"]) if client_id == CLIENT else None,
    save_token=keep_token,
)
server.register_grant(CodeGrant, [Identity(require_nonce=True), CodeChallenge(required=True)])
protected = ResourceProtector()
protected.register_token_validator(Validator())


@app.get("/.well-known/openid-configuration")
def configuration() -> Any:
    if lies.get("down"):
        return "even niet", 503
    return jsonify(
        issuer=lies.get("discovered", issuer()),
        authorization_endpoint=f"{issuer()}/authorize",
        token_endpoint=f"{issuer()}/token",
        userinfo_endpoint=f"{issuer()}/userinfo",
        jwks_uri=f"{issuer()}/keys",
        response_types_supported=["code"],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256"],
        token_endpoint_auth_methods_supported=["client_secret_post"],
        code_challenge_methods_supported=["S256"],
    )


@app.get("/keys")
def keys() -> Any:
    return jsonify(keys=[KEY.as_dict(private=False)])


@app.get("/authorize")
def ask() -> Any:
    server.get_consent_grant(end_user={"sub": "niemand"})  # raises where the request is not in order
    return "<h1>Mag Tafelronde weten wie je bent?</h1>"


@app.post("/authorize")
def answer() -> Any:
    """The consent, as JSON: who says so, or null for "no"."""
    return server.create_authorization_response(grant_user=request.get_json()["person"])


@app.post("/token")
def token() -> Any:
    return server.create_token_response()


@app.get("/userinfo")
@protected("openid")
def userinfo() -> Any:
    return jsonify({**current_token.person, **{name: lie for name, lie in lies.items() if name == "sub"}})


@app.post("/lie")
def lie() -> Any:
    lies.clear()
    lies.update(request.get_json())
    return jsonify(lies)


if __name__ == "__main__":
    app.config["CALLBACK"] = sys.argv[2]
    app.run(port=int(sys.argv[1]), threaded=True)
