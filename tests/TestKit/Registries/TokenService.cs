namespace Boreal.Tests.TestKit.Registries;

/// <summary>A token endpoint as a registry's configuration names it.</summary>
/// <param name="Realm">The address clients ask.</param>
/// <param name="Service">Whom the tokens are for.</param>
/// <param name="Issuer">Who signs them.</param>
/// <param name="CertificatePath">The certificate that proves the signature, in PEM.</param>
public sealed record TokenService(string Realm, string Service, string Issuer, string CertificatePath);
