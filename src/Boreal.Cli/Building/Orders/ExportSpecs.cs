using Boreal.Oci.References;

namespace Boreal.Cli.Building.Orders;

/// <summary>Reads <c>--output</c>, <c>--load</c>, <c>--push</c>, <c>--tag</c> and <c>--annotation</c>.</summary>
internal static class ExportSpecs
{
    private const string Daemon = "moby";

    /// <exception cref="FormatException">A value cannot be understood; the message says why.</exception>
    public static IReadOnlyList<ExportOrder> Read(IReadOnlyList<string> outputs, bool load, bool push, IReadOnlyList<string> tags, IReadOnlyList<string> annotations)
    {
        var names = string.Join(',', tags.Select(NameOf));
        var specs = outputs.Select(Parse).ToList();
        if (push && !specs.Exists(spec => spec.Attributes.GetValueOrDefault("push") is not null || spec.Type is "image" && Turn(spec, "push", "true"))) specs.Add(new Spec("image") { Attributes = { ["push"] = "true" } });
        if (load && !specs.Exists(spec => spec is { Type: "docker", Destination: null } or { Type: "image" })) specs.Add(new Spec("docker"));
        if (specs.Count is 0) specs.Add(new Spec("image"));
        if (specs.Any(spec => spec.IsPushed) && names.Length is 0 && specs.TrueForAll(spec => !spec.Attributes.ContainsKey("name")))
            throw new FormatException("tag is needed when pushing to registry");
        return [.. specs.Select(spec => spec.ToOrder(names, annotations.Select(Annotation)))];
    }

    private static bool Turn(Spec spec, string name, string value)
    {
        spec.Attributes[name] = value;
        return true;
    }

    private static string NameOf(string tag)
    {
        try
        {
            return ImageReference.Parse(tag).ToString();
        }
        catch (FormatException problem)
        {
            throw new FormatException($"invalid tag \"{tag}\": {problem.Message}");
        }
    }

    private static Spec Parse(string text)
    {
        if (text.Length is 0) throw new FormatException("invalid empty output: name a folder or a type");
        var fields = SpecFields.Split(text);
        if (fields is [(_, null)]) return text is "-" ? new Spec("tar") { Destination = "-" } : new Spec("local") { Destination = text };
        var spec = new Spec("");
        foreach (var (name, value) in fields)
        {
            if (value is null) throw new FormatException($"invalid value {name}: outputs are written as type=local,dest=path");
            switch (name)
            {
                case "type": spec.Type = value.ToLowerInvariant(); break;
                case "dest": spec.Destination = value; break;
                default: spec.Attributes[name] = value; break;
            }
        }

        if (spec.Type is "") throw new FormatException("type is required for output");
        if (spec.Type is "registry") (spec.Type, spec.Attributes["push"]) = ("image", "true");
        if (spec is { Type: "local", Destination: null or "" }) throw new FormatException("dest is required for local exporter");
        if (spec is { Type: "local", Destination: "-" }) throw new FormatException("a folder cannot be written to standard output: use type=tar,dest=-");
        return spec;
    }

    private static KeyValuePair<string, string> Annotation(string text)
    {
        var equals = text.IndexOf('=');
        if (equals <= 0) throw new FormatException($"invalid annotation '{text}': expected key=value");
        var (key, value) = (text[..equals], text[(equals + 1)..]);
        var colon = key.IndexOf(':');
        return colon < 0 ? new($"annotation.{key}", value) : new($"annotation-{key[..colon]}.{key[(colon + 1)..]}", value);
    }

    private sealed class Spec(string type)
    {
        public string Type { get; set; } = type;

        public string? Destination { get; set; }

        public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

        public bool IsPushed => Type is "image" && Attributes.GetValueOrDefault("push") is "true" or "1";

        public ExportOrder ToOrder(string names, IEnumerable<KeyValuePair<string, string>> annotations)
        {
            // An archive for docker that goes to no file is an image of the daemon, as an image is.
            var staysAtDaemon = Type is "image" || (Type is "docker" && Destination is null);
            if (Type is not ("local" or "tar") && names.Length > 0) Attributes.TryAdd("name", names);
            foreach (var (key, value) in annotations)
            {
                if (Type is not ("local" or "tar")) Attributes.TryAdd(key, value);
            }

            var isPushed = IsPushed;
            if (staysAtDaemon) Attributes.Remove("push");
            return new ExportOrder(staysAtDaemon ? Daemon : Type, Attributes)
            {
                Destination = staysAtDaemon ? null : Type is "tar" or "oci" or "docker" ? Destination ?? "-" : Destination,
                IsFolder = Type is "local" || Attributes.GetValueOrDefault("tar") is "false",
                IsPushed = isPushed,
            };
        }
    }
}
