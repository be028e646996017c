using Boreal.Compose.Canonical;
using Boreal.Compose.Interpolation;
using Boreal.Compose.Merging;
using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>Makes one canonical tree of a set of files: each is filled in, held against the schema, extended, and laid over the ones before it.</summary>
internal sealed class ModelLoader(LoadOptions options, SourceFinder sources, List<string> warnings)
{
    private readonly HashSet<string> _unset = new(StringComparer.Ordinal);

    public SourceFinder Sources => sources;

    public bool ResolvesPaths => options.ResolvesPaths;

    public string? Home => options.Environment.GetValueOrDefault("HOME");

    public MappingNode Load(IReadOnlyList<ComposeFile> files, LoadScope scope)
    {
        var model = new MappingNode(new SourcePosition(files.Count > 0 ? files[0].Name : "", 0, 0));
        foreach (var file in files) LoadFile(model, file, scope);
        Defaults.Apply(model);
        new Validator(options.Interpolates, needsAll: true).Check(model, ProjectSchema.Project);
        Checks.Apply(model, options.Interpolates);
        if (options.ResolvesPaths) new PathResolver(scope.Folder, Home).Apply(model, ProjectSchema.Project);
        return model;
    }

    /// <summary>Reads the documents of a file, variables filled in.</summary>
    public IEnumerable<MappingNode> Read(ComposeFile file, LoadScope scope)
    {
        foreach (var document in YamlReader.Read(file.Name, file.Text))
        {
            if (document is not MappingNode mapping)
                throw new ComposeException(document.Position, $"a compose file must be a mapping, not {document.What}: start with the key services");
            if (options.Interpolates) new Interpolator(scope.Environment.GetValueOrDefault, WarnUnset).Apply(mapping);
            new Validator(options.Interpolates, needsAll: false).Check(mapping, ProjectSchema.Project);
            yield return mapping;
        }
    }

    public void Canonicalize(MappingNode model)
    {
        Canonicalizer.Apply(model, ProjectSchema.Project, leavesUnreadable: !options.Interpolates);
        Uniqueness.Apply(model, ProjectSchema.Project);
    }

    private void LoadFile(MappingNode model, ComposeFile file, LoadScope scope)
    {
        foreach (var document in Read(file, scope))
        {
            // Before services are extended, which uses up their directives.
            Directives.Apply(model, document);
            new Extender(this, scope).Apply(document, file);
            new Includer(this).Apply(document, scope with { Including = [.. scope.Including, file.Path] });
            Directives.RemoveResets(document);
            Merger.Merge(model, document, ProjectSchema.Project);
            Uniqueness.Apply(model, ProjectSchema.Project);
            if (model.Remove("version"))
                warnings.Add($"{file.Path}: the attribute `version` is obsolete, it will be ignored, please remove it to avoid potential confusion");
            Canonicalize(model);
        }
    }

    private void WarnUnset(string name)
    {
        if (_unset.Add(name)) warnings.Add($"The \"{name}\" variable is not set. Defaulting to a blank string.");
    }
}
