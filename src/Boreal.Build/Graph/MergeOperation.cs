namespace Boreal.Build.Graph;

/// <summary>One tree on top of another, without looking at the one below: the layer above is the same on any base.</summary>
public sealed class MergeOperation : Operation
{
    public required Operation Lower { get; init; }

    public required Operation Upper { get; init; }

    public override IReadOnlyList<Operation> Inputs => field ??= Distinct(Lower, Upper);

    private protected override string Kind => "merge";

    private protected override void WriteForm(CanonicalWriter writer) => writer.Write(Slot(Lower)).Write(Slot(Upper));
}
