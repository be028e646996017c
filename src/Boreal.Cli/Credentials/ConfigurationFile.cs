using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Credentials;

/// <summary>
/// docker's <c>config.json</c>: read whole and, when accounts change, written back with everything it had. Several programs write
/// it, so it is replaced in one step and never seen half written.
/// </summary>
internal sealed class ConfigurationFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonWriterOptions AsDocker = new()
    {
        Indented = true, IndentCharacter = '\t', IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _content;

    private ConfigurationFile(string path, JsonObject content)
    {
        Path = path;
        _content = content;
    }

    public string Path { get; }

    /// <summary>The helper that keeps all accounts; empty when they are in this file.</summary>
    public string Store => TextOf(_content["credsStore"]);

    /// <summary>The accounts, by registry.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode?>> Accounts => _content["auths"] is JsonObject accounts ? [.. accounts] : [];

    /// <summary>Nobody has said yet how accounts are to be kept.</summary>
    public bool IsUndecided => Store.Length is 0 && Accounts.Count is 0 && _content["credHelpers"] is not JsonObject { Count: > 0 };

    public static ConfigurationFile Load(string directory)
    {
        var path = System.IO.Path.Combine(directory, "config.json");
        try
        {
            return new ConfigurationFile(path, File.Exists(path) ? JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? [] : []);
        }
        catch (JsonException problem)
        {
            throw new CommandFailedException($"loading config file: {path}: {problem.Message}");
        }
    }

    /// <summary>The helper for one registry; empty when it has none of its own.</summary>
    public string HelperOf(string key) => TextOf(_content["credHelpers"]?[key]);

    public void SetStore(string helper) => _content["credsStore"] = helper;

    public void SetAccount(string key, JsonObject account)
    {
        if (_content["auths"] is not JsonObject accounts) _content["auths"] = accounts = [];
        accounts[key] = account;
    }

    public bool RemoveAccount(string key) => _content["auths"] is JsonObject accounts && accounts.Remove(key);

    public void Save()
    {
        // A link stays one: the file may live among a user's other settings.
        var target = File.Exists(Path) && File.ResolveLinkTarget(Path, returnFinalTarget: true) is { } linked ? linked.FullName : System.IO.Path.GetFullPath(Path);
        if (System.IO.Path.GetDirectoryName(target) is { } folder) Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var partial = $"{target}.{Environment.ProcessId}.partial";
        try
        {
            Write(partial, File.Exists(target) ? File.GetUnixFileMode(target) : OwnerOnly);
            File.Move(partial, target, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private void Write(string path, UnixFileMode mode)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        using (var writer = new Utf8JsonWriter(file, AsDocker)) _content.WriteTo(writer);
        file.Flush(flushToDisk: true);
        File.SetUnixFileMode(file.SafeFileHandle, mode);
    }

    private static string TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
