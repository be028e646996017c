using System.Security.Cryptography;

namespace Boreal.Build.Graph;

/// <summary>
/// One node of a plan: makes a file tree out of other nodes' trees. Immutable. Two operations with the same
/// <see cref="Id"/> do the same with the same inputs.
/// </summary>
public abstract class Operation
{
    private OperationId? _id;

    private protected Operation()
    {
    }

    /// <summary>The operations whose trees it uses, in the order in which its fields name them.</summary>
    public abstract IReadOnlyList<Operation> Inputs { get; }

    public required Provenance Provenance { get; init; }

    /// <summary>Has to be done again even when its result is known.</summary>
    public bool IgnoresCache { get; init; }

    /// <summary>Known only when the inputs' are: plans make operations from the bottom up.</summary>
    public OperationId Id => _id ??= Hash();

    /// <summary>What it does, as bytes, without the inputs: with the inputs' content this is what a result is cached by.</summary>
    public ReadOnlyMemory<byte> Form
    {
        get
        {
            var writer = new CanonicalWriter();
            WriteForm(writer.Write(Kind));
            return writer.Written;
        }
    }

    /// <summary>Part of the form: it never changes, whatever the type is called.</summary>
    private protected abstract string Kind { get; }

    private protected abstract void WriteForm(CanonicalWriter writer);

    /// <summary>The place of an input in <see cref="Inputs"/>; -1 for none, which is an empty tree.</summary>
    private protected long Slot(Operation? input)
    {
        for (var i = 0; i < Inputs.Count; i++)
        {
            if (ReferenceEquals(Inputs[i], input)) return i;
        }
        return -1;
    }

    private protected static IReadOnlyList<Operation> Distinct(params IEnumerable<Operation?> inputs) =>
        [.. inputs.OfType<Operation>().Distinct(ReferenceEqualityComparer.Instance).Cast<Operation>()];

    private OperationId Hash()
    {
        var writer = new CanonicalWriter().Write(Form.Span);
        foreach (var input in Inputs)
            writer.Write(input.Id.Value);
        return new OperationId(Convert.ToHexStringLower(SHA256.HashData(writer.Written.Span)));
    }
}
