using Boreal.Daemon.Configuration;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>This engine's lasting id, made on first use and kept in the data root.</summary>
internal sealed class EngineIdentity(DaemonOptions options)
{
    private readonly Lazy<string> _id = new(() => Load(Path.Combine(options.DataRoot, "engine-id")));

    public string Id => _id.Value;

    private static string Load(string path)
    {
        if (File.Exists(path) && Guid.TryParse(File.ReadAllText(path).Trim(), out var known))
            return known.ToString();
        var made = Guid.NewGuid().ToString();
        var temporary = path + ".new";
        File.WriteAllText(temporary, made);
        File.Move(temporary, path, overwrite: true);
        return made;
    }
}
