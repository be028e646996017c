using System.Text.Json;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime.Bundles;
using Boreal.Engine.Runtime.Mounts;
using Boreal.Engine.Runtime.Seccomp;
using Boreal.Engine.Runtime.Security;
using Boreal.Engine.Runtime.Users;

namespace Boreal.Engine.Runtime;

/// <summary>Writes the runtime-spec bundle of a container: the same privileges, limits and mounts that Docker gives.</summary>
public sealed class BundleWriter
{
    private const string SpecVersion = "1.0.2";

    // crun(1): the filter as the kernel takes it, used in place of linux.seccomp.
    private const string SeccompProgramAnnotation = "run.oci.seccomp_bpf_data";

    private readonly RuntimeOptions _options;
    private readonly Cgroups _cgroups;
    private readonly RuntimeHost _host;
    private readonly SeccompFilters _filters;

    public BundleWriter(RuntimeOptions options, Cgroups cgroups, RuntimeHost host)
    {
        (_options, _cgroups, _host) = (options, cgroups, host);
        _filters = new SeccompFilters(host, options.SeccompProfile);
    }

    /// <exception cref="Errors.EngineException">The spec names a user, group or device that does not exist, a sysctl or limit no runtime accepts, or no init is installed.</exception>
    public BundleSpec Write(ContainerSpec spec, BundleInputs inputs)
    {
        RuntimeRules.Check(spec);
        var security = SecurityOptions.Parse(spec.Security.SecurityOptions, _options.NoNewPrivileges);
        var process = ContainerProcess.Describe(spec, security, _options, _host, inputs);
        var mounts = new MountTable(spec, inputs, _host, security.WritableCgroups ?? spec.Security.Privileged);
        var filter = _filters.For(security.Seccomp, spec.Security.Privileged, process.Capabilities);
        var linux = new LinuxSection(spec, inputs, _host)
        {
            CgroupsPath = _cgroups.PathOf(spec.Id, spec.Resources),
            Seccomp = filter.Json,
            RootPropagation = mounts.RootPropagation,
        };
        var path = Path.Combine(inputs.BundleDirectory, "config.json");
        JsonFile.Write(path, json =>
        {
            json.WriteStartObject();
            json.WriteString("ociVersion", SpecVersion);
            json.WritePropertyName("process");
            ProcessSection.Write(json, process);
            WriteRoot(json, spec, inputs);
            if (spec.Namespaces.Uts is not "host") json.WriteString("hostname", inputs.Hostname ?? spec.Process.Hostname);
            WriteMounts(json, InitMount(spec), mounts.Entries);
            WriteAnnotations(json, Annotations(spec, inputs, filter));
            linux.Write(json);
            json.WriteEndObject();
        });
        return new BundleSpec(path, linux.CgroupsPath);
    }

    private MountEntry? InitMount(ContainerSpec spec) =>
        ContainerProcess.UsesInit(spec, _options) ? new MountEntry(InitProgram.ContainerPath, "bind", InitProgram.Find(_options.InitPath), ["bind", "ro"]) : null;

    private static void WriteRoot(Utf8JsonWriter json, ContainerSpec spec, BundleInputs inputs)
    {
        json.WriteStartObject("root");
        json.WriteString("path", inputs.RootfsPath);
        if (spec.Storage.ReadonlyRootfs) json.WriteBoolean("readonly", true);
        json.WriteEndObject();
    }

    private static void WriteMounts(Utf8JsonWriter json, MountEntry? init, IReadOnlyList<MountEntry> entries)
    {
        json.WriteStartArray("mounts");
        foreach (var entry in init is null ? entries : [.. entries, init])
        {
            json.WriteStartObject();
            json.WriteString("destination", entry.Destination);
            json.WriteString("type", entry.Type);
            json.WriteString("source", entry.Source);
            ProcessSection.WriteTexts(json, "options", entry.Options);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static Dictionary<string, string> Annotations(ContainerSpec spec, BundleInputs inputs, ExpandedProfile filter)
    {
        var annotations = new Dictionary<string, string>(spec.Annotations ?? new Dictionary<string, string>());
        if (inputs.TakesSeccompPrograms && filter.Program is { } program) annotations.TryAdd(SeccompProgramAnnotation, program);
        return annotations;
    }

    private static void WriteAnnotations(Utf8JsonWriter json, Dictionary<string, string> annotations)
    {
        if (annotations.Count == 0) return;
        json.WriteStartObject("annotations");
        foreach (var (name, value) in annotations) json.WriteString(name, value);
        json.WriteEndObject();
    }
}
