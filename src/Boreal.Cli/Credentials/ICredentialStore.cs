using Boreal.Client.Images;

namespace Boreal.Cli.Credentials;

/// <summary>Where accounts at registries are kept, by <see cref="RegistryKeys"/>.</summary>
internal interface ICredentialStore
{
    /// <summary>The account kept for a registry; null when there is none.</summary>
    RegistryAuth? Find(string key);

    /// <summary>Keeps the account under its server address; returns a warning for the user, if there is one to give.</summary>
    string? Keep(RegistryAuth auth);

    void Erase(string key);
}
