using System.Text;
using System.Text.Json.Nodes;
using Boreal.Client.Images;

namespace Boreal.Cli.Credentials;

/// <summary>Accounts in the configuration file itself, readable for whoever can read the file.</summary>
internal sealed class FileCredentials(ConfigurationFile file) : ICredentialStore
{
    public RegistryAuth? Find(string key)
    {
        // Old clients wrote addresses with scheme and path.
        var found = file.Accounts.FirstOrDefault(account => account.Key == key);
        if (found.Value is null) found = file.Accounts.FirstOrDefault(account => RegistryKeys.HostOf(account.Key) == key);
        return found.Value is JsonObject account && Read(key, account) is { IsEmpty: false } auth ? auth : null;
    }

    public string? Keep(RegistryAuth auth)
    {
        if (Find(auth.ServerAddress) == auth) return null;
        file.SetAccount(auth.ServerAddress, Write(auth));
        file.Save();
        return $"WARNING! Your credentials are stored unencrypted in '{file.Path}'.\nConfigure a credential helper to remove this warning. See\n"
            + "https://docs.docker.com/go/credential-store/\n";
    }

    public void Erase(string key)
    {
        if (file.RemoveAccount(key)) file.Save();
    }

    private static RegistryAuth Read(string key, JsonObject account)
    {
        var (user, password) = Split(Text(account, "auth"));
        return new RegistryAuth
        {
            UserName = user.Length > 0 ? user : Text(account, "username"),
            Password = user.Length > 0 ? password : Text(account, "password"),
            IdentityToken = Text(account, "identitytoken"),
            RegistryToken = Text(account, "registrytoken"),
            ServerAddress = key,
        };
    }

    private static JsonObject Write(RegistryAuth auth)
    {
        var account = new JsonObject();
        if (auth.UserName.Length > 0 || auth.Password.Length > 0)
            account["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{auth.UserName}:{auth.Password}"));
        if (auth.IdentityToken.Length > 0) account["identitytoken"] = auth.IdentityToken;
        if (auth.RegistryToken.Length > 0) account["registrytoken"] = auth.RegistryToken;
        return account;
    }

    private static (string User, string Password) Split(string encoded)
    {
        var buffer = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, buffer, out var length)) return ("", "");
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        var colon = text.IndexOf(':');
        return colon < 0 ? ("", "") : (text[..colon], text[(colon + 1)..].Trim('\0'));
    }

    private static string Text(JsonObject account, string name) => account[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
