using Boreal.Cli.CommandLine;
using Boreal.Client.Images;
using Boreal.Oci.References;

namespace Boreal.Cli.Credentials;

/// <summary>Which store keeps a registry's account: its own helper, the helper for all, or the file.</summary>
internal sealed class CredentialStores
{
    private readonly ConfigurationFile _file;

    private CredentialStores(ConfigurationFile file) => _file = file;

    public static CredentialStores Load(string directory) => new(ConfigurationFile.Load(directory));

    public ICredentialStore For(string key)
    {
        if (_file.HelperOf(key) is { Length: > 0 } own) return new HelperCredentials(own, _file);
        if (_file.IsUndecided && Detect() is { } found) _file.SetStore(found);
        return _file.Store is { Length: > 0 } helper ? new HelperCredentials(helper, _file) : new FileCredentials(_file);
    }

    /// <summary>The account to use for an image; an empty one when there is none. A helper that fails is told about, and goes without.</summary>
    public async Task<RegistryAuth> ForImageAsync(ImageReference image, TextWriter warnings)
    {
        var key = RegistryKeys.OfImage(image);
        try
        {
            return For(key).Find(key) ?? new RegistryAuth { ServerAddress = key };
        }
        catch (CommandFailedException problem)
        {
            await warnings.WriteLineAsync($"WARNING: going on without credentials: {problem.Message}");
            return new RegistryAuth { ServerAddress = key };
        }
    }

    // As docker does for a user who has never logged in.
    private static string? Detect()
    {
        var hasPass = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, "pass")));
        var usual = hasPass ? "pass" : "secretservice";
        return HelperProgram.Exists(usual) ? usual : null;
    }
}
