namespace Boreal.Cli.Templates.Values;

/// <summary>What a template computes with. The kinds are Go's, as far as templates can tell them apart.</summary>
internal abstract class Value
{
    /// <summary>Go's truth: not false, not zero, not empty, not nil.</summary>
    public abstract bool IsTrue { get; }

    /// <summary>The name of the type in messages.</summary>
    public abstract string TypeName { get; }

    /// <summary>As Go's <c>%v</c> prints it inside another value.</summary>
    public abstract string Print();

    /// <summary>As the <c>json</c> function prints it.</summary>
    public abstract string Json();

    /// <summary>As an action prints it by itself.</summary>
    public virtual string PrintAlone() => Print();

    /// <summary>The field or entry of that name; null when there is none.</summary>
    public virtual Value? Field(string name) => null;

    /// <summary>Calls the method of that name; null when there is none.</summary>
    public virtual Value? Call(string name, IReadOnlyList<Value> arguments) => arguments.Count is 0 ? Field(name) : null;
}
