//! What is asked of a provider of OpenID Connect, by the authorization code flow (OpenID Connect Core 1.0, 3.1) with PKCE
//! (RFC 7636). These calls wait for the network: never inside a transaction, never on a thread that serves others.

use std::time::{Duration, UNIX_EPOCH};

use kernel::{Instant, Kind, Refusal};
use openidconnect::{
    AdditionalClaims, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, StandardErrorResponse, StandardTokenResponse,
    TokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use web::Provider;

use super::{Back, Errand, unreachable};

/// How long one request may take in all; there are three at most.
const TIMEOUT: Duration = Duration::from_secs(6);
/// Bytes of one answer.
const MOST: u64 = 1 << 18;
/// Characters of a claim's value that are looked at.
const MAX_VALUE: usize = 200;

/// Signatures that are believed: those of a private key. One by a shared secret, or none, is not.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Claims beside those of the standard.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Others(serde_json::Map<String, serde_json::Value>);

impl AdditionalClaims for Others {}

impl std::fmt::Debug for Others {
    /// Without what is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Others")
    }
}

type Fields = IdTokenFields<
    Others,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// A provider as its own description says it is.
type Known = Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Requests that follow no redirect, end in time and read a bounded answer.
fn http(provider: &Provider) -> impl Fn(HttpRequest) -> Result<HttpResponse, ureq::Error> + use<> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .max_redirects(0)
        .timeout_global(Some(TIMEOUT))
        .http_status_as_error(false)
        .https_only(provider.issuer.starts_with("https://"))
        .user_agent("linli")
        .build()
        .into();
    move |request| {
        let answer = if *request.method() == "GET" { agent.run(request.map(drop))? } else { agent.run(request)? };
        let (head, mut body) = answer.into_parts();
        Ok(HttpResponse::from_parts(head, body.with_config().limit(MOST).read_to_vec()?))
    }
}

/// What went wrong, for the log: the step alone, for an error's own words may hold what the provider sent.
fn noted(provider: &Provider, step: &'static str, refusal: Refusal) -> Refusal {
    tracing::warn!(issuer = %provider.issuer, step, refusal = refusal.code, "somebody could not be verified");
    refusal
}

fn untrusted() -> Refusal {
    Refusal::new(Kind::Forbidden, "verify-untrusted")
}

/// The provider as its description says, with its keys: two requests.
fn known(provider: &Provider, redirect: &str) -> Result<Known, Refusal> {
    let wrong = |step| noted(provider, step, unreachable());
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|_| wrong("issuer"))?;
    let described = CoreProviderMetadata::discover(&issuer, &http(provider)).map_err(|_| wrong("discovery"))?;
    let redirect = RedirectUrl::new(redirect.to_owned()).map_err(|_| wrong("redirect"))?;
    let (id, secret) = (provider.client_id.clone(), provider.client_secret.clone());
    let client = Known::from_provider_metadata(described, ClientId::new(id), Some(ClientSecret::new(secret)));
    Ok(client.set_redirect_uri(redirect))
}

/// Where the browser is sent.
///
/// # Errors
/// Refusal `verify-unreachable`.
pub fn way(provider: &Provider, redirect: &str, errand: &Errand) -> Result<String, Refusal> {
    let verifier = PkceCodeVerifier::new(errand.verifier.clone());
    let (state, nonce) = (CsrfToken::new(errand.state.clone()), Nonce::new(errand.nonce.clone()));
    let client = known(provider, redirect)?;
    let request = client.authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce);
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    let url = request.set_pkce_challenge(challenge).url().0;
    // a description that sends people without TLS is not followed
    if url.scheme() == "https" || provider.issuer.starts_with("http://") && url.scheme() == "http" {
        return Ok(url.into());
    }
    Err(noted(provider, "authorization endpoint", unreachable()))
}

/// What the provider says of whoever brought this code: the value of its claim, out of an answer whose signature, issuer,
/// audience, expiry and nonce hold.
///
/// # Errors
/// Refusals `verify-unreachable`, `verify-declined` (the provider does not take the code), `verify-untrusted`,
/// `verify-no-claim`.
pub fn subject(
    provider: &Provider,
    redirect: &str,
    (code, back): (&str, &Back),
    now: Instant,
) -> Result<String, Refusal> {
    let client = known(provider, redirect)?;
    let exchange = client.exchange_code(AuthorizationCode::new(code.to_owned()));
    let exchange = exchange.map_err(|_| noted(provider, "token endpoint", unreachable()))?;
    let verifier = PkceCodeVerifier::new(back.verifier.clone());
    let answer = exchange.set_pkce_verifier(verifier).request(&http(provider)).map_err(|error| {
        let refusal = match error {
            RequestTokenError::ServerResponse(_) => Refusal::new(Kind::Forbidden, "verify-declined"),
            RequestTokenError::Parse(..) => untrusted(),
            _ => unreachable(),
        };
        noted(provider, "token", refusal)
    })?;
    let token = answer.id_token().ok_or_else(|| noted(provider, "no id token", untrusted()))?;
    let now = UNIX_EPOCH + Duration::from_micros(u64::try_from(now.0).unwrap_or(0));
    let check = client.id_token_verifier().set_allowed_algs(SIGNATURES).set_time_fn(move || now.into());
    let claims = token.claims(&check, &Nonce::new(back.nonce.clone()));
    let claims = claims.map_err(|_| noted(provider, "id token", untrusted()))?;
    let claims = serde_json::to_value(claims).map_err(|_| noted(provider, "claims", untrusted()))?;
    let value = match claims.get(&provider.claim) {
        Some(serde_json::Value::String(text)) => text.trim().to_owned(),
        Some(serde_json::Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    if value.is_empty() || value.chars().nth(MAX_VALUE).is_some() {
        return Err(noted(provider, "claim", Refusal::new(Kind::Forbidden, "verify-no-claim")));
    }
    Ok(value)
}
