namespace Boreal.Cli.Templates.Values;

/// <summary>What the lines of one listing offer: each column's name, header and how to read it from an item.</summary>
internal abstract class Columns(string typeName)
{
    public string TypeName => typeName;

    public abstract IReadOnlyList<string> Names { get; }

    public abstract string Header(string name);

    public abstract bool Has(string name);

    public abstract Value? Read(string name, object item);

    public abstract Value? Call(string name, object item, string argument);
}
