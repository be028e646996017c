using Boreal.Compose.Canonical;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>Loads the projects a file includes, each with its own folder and <c>.env</c>, and adds what they declare.</summary>
internal sealed class Includer(ModelLoader loader)
{
    private static readonly string[] Sections = ["services", "volumes", "networks", "secrets", "configs", "models"];

    public void Apply(MappingNode document, LoadScope scope)
    {
        foreach (var item in document.List("include")?.Items ?? [])
        {
            var imported = Load(item, scope);
            foreach (var section in Sections) Import(imported, document, section);
        }

        document.Remove("include");
    }

    private MappingNode Load(Node item, LoadScope scope)
    {
        var paths = Texts(item is MappingNode mapping ? mapping.Get("path") : item).Select(path => Absolute(scope.Folder, path)).ToList();
        if (paths.Count is 0) throw new ComposeException(item.Position, "include needs a path: add the key path");
        foreach (var path in paths.Where(path => !File.Exists(path)))
            throw new ComposeException(item.Position, $"include: {path} does not exist: correct the path");
        if (scope.Including.Contains(paths[0]))
            throw new ComposeException(item.Position, $"include cycle detected: {string.Join(" includes ", [.. scope.Including.Select(loader.Sources.NameOf), loader.Sources.NameOf(paths[0])])}: remove one of them");

        var details = item as MappingNode;
        var folder = details?.TextOf("project_directory") is { Length: > 0 } own ? Absolute(scope.Folder, own) : Path.GetDirectoryName(paths[0]) ?? "/";
        var environment = new Dictionary<string, string>(scope.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in ReadEnvironment(details, folder, scope, item.Position)) environment.TryAdd(name, value);
        return loader.Load([.. paths.Select(loader.Sources.Read)], new LoadScope(folder, environment, scope.Including));
    }

    private IReadOnlyDictionary<string, string> ReadEnvironment(MappingNode? details, string folder, LoadScope scope, SourcePosition position)
    {
        var files = Texts(details?.Get("env_file")).Select(path => Absolute(scope.Folder, path)).ToList();
        foreach (var path in files.Where(path => !File.Exists(path))) throw new ComposeException(position, $"include: env_file {path} does not exist: correct the path");
        var usual = Path.Combine(folder, ".env");
        if (files.Count is 0 && File.Exists(usual)) files.Add(usual);
        return new EnvironmentFiles(loader.Sources).Read(files, scope.Environment);
    }

    private static void Import(MappingNode imported, MappingNode document, string section)
    {
        if (imported.Mapping(section) is not { } source) return;
        var target = document.Mapping(section) ?? new MappingNode(source.Position);
        foreach (var (name, value) in source.Entries)
        {
            if (target.Get(name) is not { } existing) target.Set(name, value, source.KeyPosition(name));
            else if (!Node.Same(existing, value))
                throw new ComposeException(source.KeyPosition(name), $"{section}.{name} conflicts with imported resource: {target.KeyPosition(name)} has one of that name too, rename one of them");
        }

        document.Set(section, target);
    }

    private static string Absolute(string folder, string path) => path.StartsWith('/') ? CleanPath.Of(path) : CleanPath.Join(folder, path);

    private static IEnumerable<string> Texts(Node? node) => node switch
    {
        SequenceNode list => list.Items.Select(item => item.Text).OfType<string>(),
        { Text: { } text } => [text],
        _ => [],
    };
}
