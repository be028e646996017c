using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>What sessions of one client share; the warnings are one caller's.</summary>
internal sealed record SessionServices(HttpExchange Exchange, EndpointProbe Probe, TokenSource Tokens, RetryRules Retries, WarningList Warnings);
