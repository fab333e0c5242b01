package web

import (
	"context"

	"kawu/flow/desk"
)

type actorKey struct{}

// ActorOf is who acts in a request: the actor to hand to a flow. Its Role is "" when nobody is in.
func ActorOf(ctx context.Context) desk.Actor {
	a, _ := ctx.Value(actorKey{}).(desk.Actor)
	return a
}

// As puts an actor and the visitor it is on pages into a context.
func As(ctx context.Context, a desk.Actor, v Visitor) context.Context {
	return With(context.WithValue(ctx, actorKey{}, a), v)
}
