using Boreal.Compose.Projects;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>Loads projects.</summary>
internal sealed class ProjectLoader(LoadOptions options)
{
    private readonly List<string> _warnings = [];

    /// <summary>What is odd about the files, but no error.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Loads the merged tree of all files; services keep their profiles, variables may still be unresolved.</summary>
    public MappingNode LoadModel() => LoadModel(out _, out _, out _);

    /// <exception cref="ComposeException">A file is wrong or missing.</exception>
    public Project Load()
    {
        var model = LoadModel(out var name, out var source, out var finder);
        model.Set("name", ScalarNode.Of(name));
        var selection = new Selection(model);
        var profiles = ActiveProfiles(source);
        selection.ByProfiles(profiles);
        if (options.ChecksConsistency) new Consistency(model, selection.Disabled).Check();
        foreach (var profile in selection.ProfilesOf(options.Services).ToList()) profiles.Add(profile);
        selection.Enable(profiles);
        var services = model.Mapping("services") ?? new MappingNode(model.Position);
        if (options.ResolvesEnvironment) new ServiceFiles(finder, source.Environment).Resolve(services);
        selection.DropUnused();
        selection.ByNames(options.Services);
        model.Set("services", services);
        return new Project
        {
            Name = name,
            WorkingDirectory = source.WorkingDirectory,
            Files = [.. source.Files.Select(file => file.Path)],
            Environment = source.Environment,
            Model = model,
            Disabled = selection.Disabled,
        };
    }

    private MappingNode LoadModel(out string name, out ProjectSource source, out SourceFinder finder)
    {
        finder = new SourceFinder(options, _warnings);
        source = finder.Find();
        name = ProjectNames.Choose(options, source);
        source.Environment[ProjectNames.Variable] = name;
        var model = new ModelLoader(options, finder, _warnings).Load(source.Files, new LoadScope(source.WorkingDirectory, source.Environment, []));
        if (model.Count is 0) throw new ComposeException($"empty compose file: {source.Files[0].Name} has no services: add the key services");
        if (options.Normalizes) new Normalizer(name, options.Interpolates ? source.Environment : []).Apply(model);
        return model;
    }

    private HashSet<string> ActiveProfiles(ProjectSource source)
    {
        IEnumerable<string> given = options.Profiles;
        if (options.Profiles.Count is 0) given = (source.Environment.GetValueOrDefault("COMPOSE_PROFILES") ?? "").Split(',').Select(profile => profile.Trim());
        return given.Where(profile => profile.Length > 0).ToHashSet(StringComparer.Ordinal);
    }
}
