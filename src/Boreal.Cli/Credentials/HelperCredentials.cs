using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Client.Images;

namespace Boreal.Cli.Credentials;

/// <summary>Accounts in the keeping of a helper; the file only lists that there are some.</summary>
internal sealed class HelperCredentials(string helper, ConfigurationFile file) : ICredentialStore
{
    private const string NotFound = "credentials not found in native keychain";

    /// <summary>The user name under which an identity token is kept as the password.</summary>
    private const string TokenUser = "<token>";

    private readonly HelperProgram _program = new(helper);

    public RegistryAuth? Find(string key)
    {
        const string Doing = "error getting credentials";
        var (succeeded, answer) = _program.Run("get", Doing, key);
        if (!succeeded) return answer is NotFound ? null : throw Failure(Doing, answer);
        try
        {
            using var json = JsonDocument.Parse(answer);
            var (user, secret) = (json.RootElement.Text("Username"), json.RootElement.Text("Secret"));
            return user is TokenUser
                ? new RegistryAuth { IdentityToken = secret, ServerAddress = key }
                : new RegistryAuth { UserName = user, Password = secret, ServerAddress = key };
        }
        catch (JsonException problem)
        {
            throw new CommandFailedException($"{Doing} - err: {problem.Message}, out: ``");
        }
    }

    public string? Keep(RegistryAuth auth)
    {
        const string Doing = "error storing credentials";
        var isToken = auth.IdentityToken.Length > 0;
        var (succeeded, answer) = _program.Run("store", Doing, Request(auth.ServerAddress, isToken ? TokenUser : auth.UserName, isToken ? auth.IdentityToken : auth.Password));
        if (!succeeded) throw Failure(Doing, answer);
        file.SetAccount(auth.ServerAddress, []);
        file.Save();
        return null;
    }

    public void Erase(string key)
    {
        const string Doing = "error erasing credentials";
        var (succeeded, answer) = _program.Run("erase", Doing, key);
        if (!succeeded && answer is not NotFound) throw Failure(Doing, answer);
        if (file.RemoveAccount(key)) file.Save();
    }

    private static string Request(string server, string user, string secret)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            new JsonObject { ["ServerURL"] = server, ["Username"] = user, ["Secret"] = secret }.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static CommandFailedException Failure(string doing, string answer) => new($"{doing} - err: exit status 1, out: `{answer}`");
}
