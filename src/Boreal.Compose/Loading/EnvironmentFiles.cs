using Boreal.Compose.Dotenv;

namespace Boreal.Compose.Loading;

/// <summary>Reads files of variables one after the other: later ones see the values of earlier ones and win over them.</summary>
internal sealed class EnvironmentFiles(SourceFinder sources)
{
    public IReadOnlyDictionary<string, string> Read(IReadOnlyList<string> paths, IReadOnlyDictionary<string, string> environment)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (Directory.Exists(path)) throw new ComposeException($"{path} is a directory: name a file of variables");
            if (!File.Exists(path)) throw new ComposeException($"couldn't find env file: {path}");
            foreach (var (name, value) in ReadOne(path, isRaw: false, name => environment.GetValueOrDefault(name) ?? values.GetValueOrDefault(name)))
                values[name] = value;
        }

        return values;
    }

    public IReadOnlyDictionary<string, string> ReadOne(string path, bool isRaw, Func<string, string?> lookup)
    {
        var (name, text) = (sources.NameOf(path), sources.ReadText(path));
        return isRaw ? DotenvReader.ReadRaw(name, text, lookup) : DotenvReader.Read(name, text, lookup);
    }
}
