namespace Boreal.Build.Graph;

/// <summary>Changes files, without running anything in the tree.</summary>
public sealed class FileOperation : Operation
{
    /// <summary>The tree to change; none for an empty one.</summary>
    public Operation? Base { get; init; }

    /// <summary>Done in this order.</summary>
    public required IReadOnlyList<FileAction> Actions { get; init; }

    public override IReadOnlyList<Operation> Inputs => field ??= Distinct([Base, .. Actions.OfType<CopyAction>().Select(action => action.Source)]);

    private protected override string Kind => "file";

    private protected override void WriteForm(CanonicalWriter writer)
    {
        writer.Write(Slot(Base));
        writer.Write(Actions, (target, action) =>
        {
            target.Write(action.Kind);
            if (action is CopyAction copy) target.Write(Slot(copy.Source));
            action.Write(target);
        });
    }
}
