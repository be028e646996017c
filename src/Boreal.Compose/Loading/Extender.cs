using Boreal.Compose.Canonical;
using Boreal.Compose.Merging;
using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>Lays services over the ones they extend, in their own file or another.</summary>
internal sealed class Extender(ModelLoader loader, LoadScope scope)
{
    public void Apply(MappingNode document, ComposeFile file)
    {
        if (document.Mapping("services") is not { } services) return;
        foreach (var name in services.Keys.ToList()) Extend(name, services, file.Path, scope.Folder, []);
    }

    private Node? Extend(string name, MappingNode services, string file, string folder, IReadOnlyList<(string File, string Service)> chain)
    {
        if (services.Get(name) is not MappingNode service || service.Get("extends") is not { } extends) return services.Get(name);
        var position = extends.Position;
        var target = extends.Text ?? (extends as MappingNode)?.TextOf("service")
            ?? throw new ComposeException(position, $"services.{name}.extends: needs the key service: add the name of the service to extend");
        if (chain.Contains((file, name)))
        {
            var steps = chain.Select(step => $"{step.Service} in {loader.Sources.NameOf(step.File)}").Append($"{name} in {loader.Sources.NameOf(file)}");
            throw new ComposeException(position, $"services.{name}.extends: circular reference: {string.Join(" extends ", steps)}: break the circle");
        }

        chain = [.. chain, (file, name)];
        var parent = (extends as MappingNode)?.TextOf("file") is { } other
            ? FromFile(name, target, other, folder, position, chain)
            : FromHere(name, target, services, file, folder, position, chain);
        if (parent is not MappingNode source) return service;
        var merged = (MappingNode)source.Copy();
        Directives.Apply(merged, service);
        Directives.RemoveResets(service);
        Merger.Merge(merged, service, ServiceSchema.Service, $"services.{name}");
        merged.Remove("extends");
        services.Set(name, merged);
        return merged;
    }

    private Node? FromHere(
        string name, string target, MappingNode services, string file, string folder, SourcePosition position, IReadOnlyList<(string File, string Service)> chain)
    {
        if (!services.Has(target))
            throw new ComposeException(position, Notation.Suggestion.Append($"services.{name}.extends: there is no service \"{target}\" in {loader.Sources.NameOf(file)}", Notation.Suggestion.For(target, services.Keys)));
        return Extend(target, services, file, folder, chain);
    }

    private Node? FromFile(
        string name, string target, string other, string folder, SourcePosition position, IReadOnlyList<(string File, string Service)> chain)
    {
        var path = CleanPath.Of(Path.Combine(Path.GetFullPath(folder, scope.Folder.StartsWith('/') ? scope.Folder : "/"), other));
        if (!File.Exists(path)) throw new ComposeException(position, $"services.{name}.extends: {path} does not exist: correct the key file");
        var file = loader.Sources.Read(path);
        var inner = Path.GetDirectoryName(path) ?? "/";
        var services = new MappingNode(position);
        foreach (var document in loader.Read(file, scope))
        {
            if (document.Mapping("services") is { } found) Merger.Merge(services, found, new Shape { Values = ServiceSchema.Service });
        }

        if (!services.Has(target))
            throw new ComposeException(position, Notation.Suggestion.Append($"services.{name}.extends: there is no service \"{target}\" in {file.Name}", Notation.Suggestion.For(target, services.Keys)));
        var extended = Extend(target, services, path, inner, chain);
        if (extended is not MappingNode service) return extended;
        Canonicalizer.Apply(service, ServiceSchema.Service, leavesUnreadable: true);
        var start = loader.ResolvesPaths ? inner : Path.GetRelativePath(folder, inner);
        new PathResolver(start, loader.Home).Apply(service, ServiceSchema.Service);
        return service;
    }
}
