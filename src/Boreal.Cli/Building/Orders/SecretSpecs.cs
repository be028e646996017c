using Boreal.Cli.Building.Offers;

namespace Boreal.Cli.Building.Orders;

/// <summary>Reads <c>--secret id=name[,src=file|,env=VARIABLE]</c>. A name alone is a variable of that name, or else a file.</summary>
internal static class SecretSpecs
{
    /// <exception cref="FormatException">The value cannot be understood, or there is no such file.</exception>
    public static (string Id, SecretSource Source) Parse(string text)
    {
        string id = "", type = "", source = "", variable = "";
        foreach (var (name, value) in SpecFields.Split(text))
        {
            if (value is null) throw new FormatException($"invalid field '{name}' must be a key=value pair");
            switch (name)
            {
                case "id": id = value; break;
                case "type" when value is "file" or "env": type = value; break;
                case "type": throw new FormatException($"unsupported secret type \"{value}\"");
                case "source" or "src": source = value; break;
                case "env": variable = value; break;
                default: throw new FormatException($"unexpected key '{name}' in '{name}={value}'");
            }
        }

        if (id.Length is 0) throw new FormatException($"secret '{text}' has no id: write id=NAME");
        if (type is "env" && variable.Length is 0) (variable, source) = (source, "");
        if (variable.Length > 0 && source.Length > 0) throw new FormatException($"secret {id}: either a file or a variable, not both");
        if (variable.Length is 0 && source.Length is 0)
        {
            if (Environment.GetEnvironmentVariable(id) is not null) variable = id;
            else source = id;
        }

        if (source.Length is 0) return (id, new SecretSource(null, variable));
        return File.Exists(source) ? (id, new SecretSource(source, null)) : throw new FormatException($"failed to stat {source}: stat {source}: no such file or directory");
    }
}
