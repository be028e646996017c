namespace Boreal.Engine.Layers;

/// <summary>Kinds of <see cref="Change"/>; the values are Docker's on the wire.</summary>
public enum ChangeKind
{
    Modified = 0,
    Added = 1,
    Deleted = 2,
}
